using System.Globalization;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>What is wrong with a release as a whole: the file is good by itself, but not in the district that it goes to.</summary>
internal static class ReleaseDiagnostics
{
    private static readonly DiagnosticKind EndpointKind = new("BCN700", Severity.Error, "An endpoint that the district does not have",
        "A listener names an endpoint of the district that its environment goes to.");

    private static readonly DiagnosticKind ForceSslKind = new("BCN701", Severity.Error, "force_ssl on an endpoint without HTTPS",
        "force_ssl is a redirect from the HTTP to the HTTPS listener. Give the endpoint a certificate, or remove the key.");

    private static readonly DiagnosticKind NetworkKind = new("BCN702", Severity.Error, "A district whose network is not known",
        "Fargate and listeners need a network: one that the district has made, or that `network: existing:` in its file names.");

    private static readonly DiagnosticKind ClusterKind = new("BCN703", Severity.Error, "A district whose cluster is not known",
        "Services need a cluster: one that the district has made, or that `cluster: existing:` in its file names.");

    private static readonly DiagnosticKind ListenersKind = new("BCN704", Severity.Error, "An endpoint whose listeners are not known",
        "A listener's rule needs an endpoint that the district has made, or one whose listeners `existing:` in its file names.");

    private static readonly DiagnosticKind TooMuchKind = new("BCN705", Severity.Error, "More than the district allows",
        "`policy` in the district file bounds CPU and memory per task; on Fargate the size after rounding counts.");

    private static readonly DiagnosticKind RegistryKind = new("BCN706", Severity.Error, "An image from a registry that the district does not allow",
        "`policy: registries:` in the district file lists the hosts that images may come from. Docker Hub is docker.io.");

    private static readonly DiagnosticKind PriorityKind = new("BCN707", Severity.Error, "A rule priority that is in use",
        "Rule priorities are unique on a load balancer. Without `rule_priority` a free one is taken and kept. That of an own rule that this commit "
        + "takes away is free for the next commit: CloudFormation makes the new rules first.");

    private static readonly DiagnosticKind RoundedKind = new("BCN708", Severity.Warning, "A size that Fargate does not have",
        "Fargate sells pairs of CPU and memory; the smallest that holds what is asked for is taken.");

    private static readonly DiagnosticKind TooLargeKind = new("BCN709", Severity.Error, "A size that is too large for Fargate",
        "The largest pair is 16384 CPU units with 122880 MiB. Run the service on EC2, or make it smaller.");

    private static readonly DiagnosticKind StopKind = new("BCN710", Severity.Warning, "A stop_timeout that is too long for Fargate",
        "Fargate waits at most 120 seconds.");

    private static readonly DiagnosticKind SecretKind = new("BCN711", Severity.Error, "A secret that is not there",
        "`secret: path` is `barcelona/<district>/<path>` in Secrets Manager, in the district's account and region.");

    private static readonly DiagnosticKind NoImageKind = new("BCN712", Severity.Information, "No image_name",
        "Without an image nothing is deployed.");

    private static readonly DiagnosticKind PortKind = new("BCN713", Severity.Warning, "PORT given to a web service",
        "PORT is `web_container_port` in a web service, so that the application listens where the load balancer knocks.");

    private static readonly DiagnosticKind GraceKind = new("BCN714", Severity.Warning, "A grace period without a listener",
        "`grace_period` is about the load balancer's health checks.");

    private static readonly DiagnosticKind TooManyKind = new("BCN718", Severity.Error,
        "More services, listeners and scheduled tasks than one stack holds",
        "All services and scheduled tasks of an environment are one CloudFormation stack, so that a release is all or nothing; "
        + "a stack has at most 200 outputs.");

    public static Diagnostic UnknownEndpoint(Located<string> endpoint, string district, string[] known)
    {
        var has = known.Length == 0 ? "it has none" : $"it has {List(known)}";
        return EndpointKind.At(
            endpoint.Span, $"'{endpoint.Value}' is not an endpoint of district '{district}'; {has}.", Spelling.Hint(endpoint.Value, known));
    }

    public static Diagnostic ForceSslWithoutHttps(SourceSpan span, string endpoint) =>
        ForceSslKind.At(span, $"force_ssl needs an HTTPS listener, and endpoint '{endpoint}' has none.");

    public static Diagnostic NetworkNotNamed(SourceSpan span, string district) => NetworkKind.At(
        span, $"The network of district '{district}' is not known: it is neither made yet nor named.",
        "Merge the district file, so that it is made, or give network: existing: there.");

    public static Diagnostic ClusterNotNamed(SourceSpan span, string district) => ClusterKind.At(
        span, $"The cluster of district '{district}' is not known: it is neither made yet nor named.",
        "Merge the district file, so that it is made, or give cluster: existing: there.");

    public static Diagnostic EndpointNotNamed(SourceSpan span, string endpoint) => ListenersKind.At(
        span, $"The listeners of endpoint '{endpoint}' are not known: it is neither made yet nor named.",
        "Merge the district file, so that it is made, or give existing: http_listener_arn: for it there.");

    public static Diagnostic TooMuch(SourceSpan span, string what, int wanted, int most) =>
        TooMuchKind.At(span, Text($"{what} {wanted} is above the district's limit of {most}."));

    public static Diagnostic RegistryNotAllowed(Located<string> image, string registry, IEnumerable<string> allowed) =>
        RegistryKind.At(image.Span, $"Images from {registry} may not run in this district.", $"Allowed are {List(allowed)}.");

    public static Diagnostic PriorityTaken(Located<int> priority, string owner, int nearest) => PriorityKind.At(
        priority.Span, Text($"The rule priority {priority.Value} is in use on this endpoint by {owner}."),
        Text($"The nearest free one is {nearest}."));

    public static Diagnostic RoundedUp(SourceSpan span, string wanted, string given) =>
        RoundedKind.At(span, $"Fargate has no size of {wanted}: the task gets {given}.");

    public static Diagnostic TooLargeForFargate(SourceSpan span, string wanted) => TooLargeKind.At(span, $"Fargate has no size that holds {wanted}.");

    public static Diagnostic StopTimeoutCut(SourceSpan span, int seconds, int most) =>
        StopKind.At(span, Text($"Fargate waits at most {most} s for a container to stop; {seconds} s is cut to that."));

    public static Diagnostic SecretNotFound(Located<string> path, string district) => SecretKind.At(
        path.Span,
        $"There is no secret 'barcelona/{district}/{path.Value}' in Secrets Manager, or it may not be read.",
        $"Make it: barcelona secret set {path.Value} --district {district}");

    public static Diagnostic NoImage(SourceSpan span, string environment) =>
        NoImageKind.At(span, $"The environment '{environment}' has no image_name: nothing is deployed.");

    public static Diagnostic PortIsGiven(SourceSpan span, string service, int port) =>
        PortKind.At(span, Text($"In the web service '{service}' PORT is web_container_port, {port}; this value is not used there."));

    public static Diagnostic GraceWithoutListener(SourceSpan span, string service) =>
        GraceKind.At(span, $"grace_period has no effect on '{service}', which has no listener.");

    public static Diagnostic TooManyOutputs(SourceSpan span, string environment, int outputs, int most) => TooManyKind.At(
        span,
        Text($"The services, listeners and scheduled tasks of '{environment}' need {outputs} outputs of their stack, ")
        + Text($"and CloudFormation allows {most}. ")
        + "Move some to an environment of their own.");

    private static string List(IEnumerable<string> values) => string.Join(", ", values.Order(StringComparer.Ordinal));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
