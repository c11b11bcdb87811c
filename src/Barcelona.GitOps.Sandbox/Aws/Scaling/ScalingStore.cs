namespace Barcelona.GitOps.Sandbox.Aws.Scaling;

/// <summary>Auto Scaling groups by name.</summary>
internal sealed class ScalingStore
{
    public Dictionary<string, ScalingGroup> Groups { get; } = [];
}
