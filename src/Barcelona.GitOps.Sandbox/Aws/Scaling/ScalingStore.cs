namespace Barcelona.GitOps.Sandbox.Aws.Scaling;

/// <summary>What is scaled: groups of instances, and services.</summary>
internal sealed class ScalingStore
{
    /// <summary>By name.</summary>
    public Dictionary<string, ScalingGroup> Groups { get; } = [];

    /// <summary>By resource id, <c>service/cluster/name</c>.</summary>
    public Dictionary<string, ScalableTarget> Targets { get; } = [];
}
