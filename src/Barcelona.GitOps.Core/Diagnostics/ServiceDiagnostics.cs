namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>What is wrong with services, their listeners and ports.</summary>
internal static class ServiceDiagnostics
{
    private static readonly DiagnosticKind NoListenerKind = new("BCN200", Severity.Error, "A web service without a listener",
        "The original made a classic load balancer for it. Here a web service names an endpoint of its district.");

    private static readonly DiagnosticKind NotWebKind = new("BCN201", Severity.Error, "A listener on a service that is not web",
        "Only services of type web have a port that a load balancer can reach.");

    private static readonly DiagnosticKind CertificateKind = new("BCN202", Severity.Error, "A certificate in hosts",
        "TLS ends at the endpoint, which has its own certificate (`domain` or `certificate_arn` in the district file).");

    private static readonly DiagnosticKind SamePriorityKind = new("BCN204", Severity.Error, "Two rules of one priority on an endpoint",
        "Rule priorities are unique on a load balancer. Without `rule_priority` a free one is taken and kept.");

    private static readonly DiagnosticKind TwoCountsKind = new("BCN205", Severity.Error, "Both count and desired_count", "They mean the same.");

    private static readonly DiagnosticKind CountAndScalingKind = new("BCN206", Severity.Warning, "Both count and autoscaling",
        "With autoscaling the number of tasks belongs to it; a deploy that set the count would undo what it did.");

    private static readonly DiagnosticKind ScalingKind = new("BCN207", Severity.Error, "Autoscaling that cannot work", "The message says why.");

    private static readonly DiagnosticKind PercentKind = new("BCN208", Severity.Error, "A deployment that cannot proceed",
        "With minimum and maximum both at 100 percent ECS can neither start a new task nor stop an old one.");

    private static readonly DiagnosticKind TimeoutKind = new("BCN209", Severity.Error, "A health check longer than its interval",
        "The load balancer requires the timeout to be shorter than the interval.");

    private static readonly DiagnosticKind ForceSslKind = new("BCN210", Severity.Warning, "force_ssl without a listener",
        "force_ssl is a redirect on the endpoint; without a listener nothing redirects.");

    public static Diagnostic NoListener(SourceSpan span, string service) =>
        NoListenerKind.At(span, $"The web service '{service}' has no listener.", "Name an endpoint of the district: listeners: [{endpoint: …}].");

    public static Diagnostic ListenerNeedsWeb(SourceSpan span, string service) =>
        NotWebKind.At(span, $"The service '{service}' has listeners and is not of type web.", "Add service_type: web.");

    public static Diagnostic Certificate(SourceSpan span) =>
        CertificateKind.At(
            span, "Certificates in 'hosts' are not supported.", "Give the endpoint its certificate: domain or certificate_arn in the district file.");

    public static Diagnostic SamePriority(SourceSpan span, (int Priority, string Endpoint) slot, int firstLine, int free) =>
        SamePriorityKind.At(
            span, $"The rule priority {slot.Priority} is used twice on endpoint '{slot.Endpoint}': on line {firstLine} and on line {span.Line}.",
            $"The nearest that this file does not use is {free}.");

    public static Diagnostic TwoCounts(SourceSpan span) => TwoCountsKind.At(span, "'count' and 'desired_count' mean the same; give one.");

    public static Diagnostic CountAndScaling(SourceSpan span) =>
        CountAndScalingKind.At(span, "With 'autoscaling' the 'count' has no effect.", "Remove one of them.");

    public static Diagnostic Scaling(SourceSpan span, string why) => ScalingKind.At(span, why);

    public static Diagnostic Percent(SourceSpan span, int minimum, int maximum) =>
        PercentKind.At(span, $"With minimum_healthy_percent {minimum} and maximum_percent {maximum} no task could ever be replaced.",
            "Raise the maximum or lower the minimum.");

    public static Diagnostic Timeout(SourceSpan span, int timeout, int interval) =>
        TimeoutKind.At(span, $"health_check_timeout ({timeout} s) must be shorter than health_check_interval ({interval} s).");

    public static Diagnostic ForceSslWithoutListener(SourceSpan span, string service) =>
        ForceSslKind.At(span, $"'force_ssl' has no effect on '{service}', which has no listener.");
}
