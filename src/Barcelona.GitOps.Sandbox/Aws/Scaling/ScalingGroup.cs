using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Scaling;

internal sealed class ScalingGroup(string name)
{
    public string Name { get; } = name;

    /// <summary>CloudFormation's properties.</summary>
    public required JsonObject Properties { get; set; }

    /// <summary>Oldest first.</summary>
    public List<GroupInstance> Instances { get; } = [];

    public int Least => Properties.Number("MinSize") ?? 0;

    public int Most => Properties.Number("MaxSize") ?? 0;

    /// <summary>What the template says, or the least; whatever was scaled meanwhile is left alone within the bounds.</summary>
    public int Wanted => Properties.Number("DesiredCapacity") ?? Math.Clamp(Instances.Count, Least, Most);
}

/// <param name="Cluster">The cluster that its user data joins; null when it joins none.</param>
internal sealed record GroupInstance(string InstanceId, string? Cluster, string ContainerInstanceArn);
