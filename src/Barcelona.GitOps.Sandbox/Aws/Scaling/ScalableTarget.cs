namespace Barcelona.GitOps.Sandbox.Aws.Scaling;

/// <summary>A service whose number of tasks Application Auto Scaling moves.</summary>
/// <param name="resourceId"><c>service/cluster/name</c>.</param>
internal sealed class ScalableTarget(string resourceId)
{
    public string ResourceId => resourceId;

    public int Min { get; set; }

    public int Max { get; set; }

    /// <summary>By ARN.</summary>
    public Dictionary<string, TrackedMetric> Policies { get; } = [];

    public int Bound(int count) => Math.Clamp(count, Min, Max);
}

/// <summary>What a target-tracking policy keeps at what value.</summary>
/// <param name="Label"><c>app/name/id/targetgroup/name/id</c>; null for what the service itself is measured by.</param>
public sealed record TrackedMetric(string Metric, string? Label, double Value);

/// <summary>As somebody with a console sees it.</summary>
/// <param name="ResourceId"><c>service/cluster/name</c>.</param>
public sealed record ScaledService(string ResourceId, int Min, int Max, IReadOnlyList<TrackedMetric> Metrics);
