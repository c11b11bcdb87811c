using Barcelona.GitOps.Sandbox.Aws.Ecs.Definitions;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Services;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs;

/// <summary>Clusters and task definitions of one account and region.</summary>
internal sealed class EcsStore
{
    public SortedDictionary<string, EcsCluster> Clusters { get; } = new(StringComparer.Ordinal);

    public TaskDefinitionStore Definitions { get; } = new();

    public AlarmStates Alarms { get; } = new();

    /// <summary>By name or ARN; without either it is the cluster called <c>default</c>.</summary>
    public EcsCluster Cluster(string? nameOrArn) => Clusters.GetValueOrDefault(NameOf(nameOrArn ?? "default"))
        ?? throw new AwsErrorException("ClusterNotFoundException", "Cluster not found.");

    /// <summary>The last part of an ARN, or the name as it is.</summary>
    public static string NameOf(string nameOrArn) => nameOrArn.Split('/')[^1];
}
