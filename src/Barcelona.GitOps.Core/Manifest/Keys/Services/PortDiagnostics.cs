using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Manifest.Keys.Services;

/// <summary>Port mappings that cannot work together, or elsewhere than they go.</summary>
internal static class PortDiagnostics
{
    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html</summary>
    public const int MostBalanced = 5;

    private static readonly DiagnosticKind TwiceKind = new("BCN213", Severity.Error, "Two port mappings of one port",
        "A port of the load balancer, or of the instance, leads to one place; and a container's port speaks one protocol behind a load balancer.");

    private static readonly DiagnosticKind ProxyKind = new("BCN214", Severity.Information, "PROXY protocol, version 2",
        "A network load balancer writes the binary version 2; the original's classic one wrote version 1. Most servers read both.");

    private static readonly DiagnosticKind TooManyKind = new("BCN215", Severity.Error, "Too many ports behind load balancers",
        "ECS registers the tasks of a service with at most five target groups: listeners and port mappings together.");

    private static readonly DiagnosticKind UncheckedKind = new("BCN216", Severity.Error, "A UDP port that nothing checks",
        "A load balancer cannot tell whether a UDP port is well. A TCP port of the same service answers for it: add one, if only for that.");

    private static readonly DiagnosticKind NoSubnetsKind = new("BCN760", Severity.Error, "A public load balancer without public subnets",
        "`public: true` puts the service's network load balancer into the district's public subnets.");

    private static readonly DiagnosticKind HostPortKind = new("BCN761", Severity.Error, "A UDP port whose TCP port is not known",
        "On EC2 a task's port is whichever is free, unless `host_port` says it, and the health check of a UDP port must know where to knock.");

    private static readonly DiagnosticKind NoHostKind = new("BCN762", Severity.Warning, "A host_port on Fargate",
        "Tasks on Fargate have network interfaces of their own: they are reached on the container's port.");

    public static Diagnostic Twice(SourceSpan span, string what, int firstLine) =>
        TwiceKind.At(span, $"{what} is used twice: on line {firstLine} and on line {span.Line}.");

    public static Diagnostic ProxyVersion(SourceSpan span) =>
        ProxyKind.At(span, "The load balancer writes the PROXY header in version 2: the container must read that.");

    public static Diagnostic TooMany(SourceSpan span, string service, int count) =>
        TooManyKind.At(span, $"'{service}' has {count} listeners and port mappings; ECS takes {MostBalanced}.", "Make two services of it.");

    public static Diagnostic Unchecked(SourceSpan span, string service) => UncheckedKind.At(
        span, $"'{service}' has a UDP port and no TCP port that its health could be checked by.", "Add a port mapping of protocol tcp.");

    public static Diagnostic NoPublicSubnets(SourceSpan span, string district) => NoSubnetsKind.At(
        span, $"District '{district}' names no public subnets, and a public load balancer needs them.",
        "Add public_subnets in the district file, or remove public: true.");

    public static Diagnostic HostPortUnknown(SourceSpan span, string service) => HostPortKind.At(
        span, $"On EC2 the TCP port that answers for this UDP port of '{service}' must be known.",
        "Give a tcp mapping of the service its host_port.");

    public static Diagnostic HostPortOnFargate(SourceSpan span, string service) =>
        NoHostKind.At(span, $"'host_port' has no effect on '{service}', which runs on Fargate.");
}
