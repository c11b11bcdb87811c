using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Definitions;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Services;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;

/// <summary>A task that is going to be made; <see cref="Build"/> gives it its name and containers.</summary>
internal sealed record TaskPlan(AwsRegion Region, EcsCluster Cluster, TaskDefinitionRevision Definition)
{
    public string LaunchType { get; init; } = "EC2";

    public string Group { get; init; } = "";

    public string? StartedBy { get; init; }

    public EcsDeployment? Deployment { get; init; }

    public JsonObject? NetworkConfiguration { get; init; }

    public JsonObject Overrides { get; init; } = [];

    public IReadOnlyList<JsonObject> Tags { get; init; } = [];

    public Action<EcsTask> Changed { get; init; } = _ => { };

    public EcsTask Build()
    {
        var id = Identifiers.Hex(32);
        return new EcsTask
        {
            Id = id,
            Arn = Region.Arn("ecs", $"task/{Cluster.Name}/{id}"),
            Cluster = Cluster,
            Definition = Definition,
            LaunchType = LaunchType,
            Group = Group,
            StartedBy = StartedBy,
            CreatedAt = Region.Now,
            Containers = [.. Definition.Containers.Select(container => new EcsContainer(container))],
            Deployment = Deployment,
            Overrides = Overrides,
            Tags = [.. Tags.Select(tag => tag.Copy())],
            NetworkConfiguration = NetworkConfiguration?.Copy(),
            // Placed in turn: spreading is all the placement there is.
            ContainerInstanceArn = LaunchType == "EC2" && Cluster.Instances.Count > 0
                ? Cluster.Instances[Cluster.Tasks.Count % Cluster.Instances.Count]
                : null,
            Changed = Changed,
        };
    }
}
