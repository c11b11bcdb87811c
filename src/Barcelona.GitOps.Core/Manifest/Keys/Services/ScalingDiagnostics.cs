using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Manifest.Keys.Services;

/// <summary>What autoscaling cannot do with what it is given.</summary>
internal static class ScalingDiagnostics
{
    private static readonly DiagnosticKind RequestsKind = new("BCN211", Severity.Error, "Autoscaling by requests without a listener",
        "Requests are counted by the endpoint's load balancer, for each listener of the service. Other services scale by cpu or memory.");

    private static readonly DiagnosticKind NoneKind = new("BCN212", Severity.Warning, "Autoscaling down to nothing",
        "Where no task runs nothing is measured: the last task may be taken away, and nothing brings one back but a person's hand.");

    public static Diagnostic NothingCountsRequests(SourceSpan span, string service) => RequestsKind.At(
        span, $"'{service}' has no listener, and nothing else counts requests.", "Track cpu or memory, or give it a listener.");

    public static Diagnostic DownToNone(SourceSpan span) =>
        NoneKind.At(span, "With min 0 the last task may go, and autoscaling never starts one again.", "Give at least 1.");
}
