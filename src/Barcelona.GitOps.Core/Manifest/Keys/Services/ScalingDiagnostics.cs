using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Manifest.Keys.Services;

/// <summary>What autoscaling and deployments cannot do with what they are given.</summary>
internal static class ScalingDiagnostics
{
    private static readonly DiagnosticKind RequestsKind = new("BCN211", Severity.Error, "Autoscaling by requests without a listener",
        "Requests are counted by the endpoint's load balancer, for each listener of the service. Other services scale by cpu or memory.");

    private static readonly DiagnosticKind NoneKind = new("BCN212", Severity.Warning, "Autoscaling down to nothing",
        "Where no task runs nothing is measured: the last task may be taken away, and nothing brings one back but a person's hand.");

    private static readonly DiagnosticKind StrategyKind = new("BCN770", Severity.Error, "A deployment strategy",
        "Deployments are rolling. Blue-green, canary and linear ones do not exist here yet, and a file that asks for one is not deployed in another way.");

    public static Diagnostic Strategy(SourceSpan span) => StrategyKind.At(
        span, "Deployments are rolling, and only that: blue-green, canary and linear ones do not exist here yet.",
        "Take 'strategy' out; minimum_healthy_percent and maximum_percent say how tasks are replaced.");

    public static Diagnostic NothingCountsRequests(SourceSpan span, string service) => RequestsKind.At(
        span, $"'{service}' has no listener, and nothing else counts requests.", "Track cpu or memory, or give it a listener.");

    public static Diagnostic DownToNone(SourceSpan span) =>
        NoneKind.At(span, "With min 0 the last task may go, and autoscaling never starts one again.", "Give at least 1.");
}
