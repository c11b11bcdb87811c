using System.Globalization;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Reports.Failures;

/// <summary>From why a release failed to the line of barcelona.yml that it is about.</summary>
public static class CausePlaces
{
    private static readonly DiagnosticKind ImageKind = new("BCN751", Severity.Error, "An image that cannot be pulled",
        "The tasks of a service did not get its image: there is none of that name and digest any more, the registry does not let it be read, or it "
        + "cannot be reached from the tasks' network. A private registry's credentials are named in the district file.");

    private static readonly DiagnosticKind SecretKind = new("BCN752", Severity.Error, "A secret or parameter that a task could not read",
        "ECS reads them when a task starts, with the heritage's execution role, which reads below the district's prefix alone.");

    private static readonly DiagnosticKind MemoryKind = new("BCN753", Severity.Error, "Too little memory",
        "A container that uses more than `memory` is killed.");

    private static readonly DiagnosticKind ExitKind = new("BCN754", Severity.Error, "A service that ends",
        "A service is to go on running. What it wrote before it ended is in the heritage's log group, in streams that begin with its name.");

    private static readonly DiagnosticKind HealthKind = new("BCN755", Severity.Error, "A health check that is not passed",
        "A load balancer asks for `health_check_path` on the port that the service is to listen on, and wants a status from 200 to 299; or it "
        + "connects to a port of `port_mappings`. With a slow start, `deployment.grace_period` says how long it need not answer.");

    private static readonly DiagnosticKind StartKind = new("BCN756", Severity.Error, "A container that cannot be started",
        "Its command is not in the image, the image is made for another CPU architecture, or something that it needs on its machine is not there.");

    private static readonly DiagnosticKind AlarmKind = new("BCN757", Severity.Error, "An alarm that went off during a deploy",
        "An alarm of `deployment.alarms` went off before the deployment had come to its end.");

    private static readonly DiagnosticKind RolloutKind = new("BCN758", Severity.Error, "A service that ECS gave up on",
        "Too many of its tasks failed, and no single one says why: the check has what ECS said.");

    private static readonly DiagnosticKind HandKind = new("BCN759", Severity.Error, "A service that somebody changed beside its stack",
        "ECS shows another task definition than the stack gives it, or no such service.");

    /// <param name="message">One sentence, fit for showing.</param>
    /// <returns>Null: it is about no line of the file.</returns>
    public static Diagnostic? Of(FailureCause cause, EnvironmentManifest environment, string message) => cause switch
    {
        FailureCause.ImagePull c => ImageKind.At(ImageOf(environment, c.Service), message),
        FailureCause.RegistryAway c => ImageKind.At(ImageOf(environment, c.Service), message),
        FailureCause.SecretMissing c => SecretKind.At(SecretOf(environment, c) ?? NameOf(environment, c.Service), message),
        FailureCause.OutOfMemory c => MemoryKind.At(Find(environment, c.Service)?.Memory.Span ?? environment.Key.Span, message),
        FailureCause.ExitCode c => ExitKind.At(Find(environment, c.Service)?.Command.Span ?? environment.Key.Span, message),
        FailureCause.PortOrHealthCheck c => HealthKind.At(CheckOf(environment, c), message),
        FailureCause.CannotStart c => StartKind.At(Find(environment, c.Service)?.Command.Span ?? environment.Key.Span, message),
        FailureCause.Alarm c when Find(environment, c.Service) is { } service => AlarmKind.At(service.Name.Span, message),
        FailureCause.CircuitBreaker c when Find(environment, c.Service) is { } service => RolloutKind.At(service.Name.Span, message),
        FailureCause.ChangedByHand c when Find(environment, c.Service) is { } service => HandKind.At(service.Name.Span, message),
        _ => null,
    };

    private static ServiceManifest? Find(EnvironmentManifest environment, string service) =>
        environment.Services.FirstOrDefault(s => s.Name.Value == service);

    private static SourceSpan NameOf(EnvironmentManifest environment, string service) =>
        Find(environment, service)?.Name.Span ?? environment.Key.Span;

    private static SourceSpan ImageOf(EnvironmentManifest environment, string service) =>
        environment.ImageName?.Span ?? NameOf(environment, service);

    private static SourceSpan CheckOf(EnvironmentManifest environment, FailureCause.PortOrHealthCheck cause) =>
        Find(environment, cause.Service) switch
        {
            { Listeners: [var listener, ..] } => (cause.Answers == false ? null : listener.PlaceOfHealthCheck) ?? listener.Span,
            { PortMappings: [var first, ..] ports } => (ports.FirstOrDefault(p => IsOf(cause, p)) ?? first).Span,
            _ => NameOf(environment, cause.Service),
        };

    /// <summary>With an address of its own a task is connected to at the container's port; otherwise AWS names one that nobody knows.</summary>
    private static bool IsOf(FailureCause.PortOrHealthCheck cause, PortMapping port) =>
        cause.Evidence.Any(line => line.StartsWith("target ", StringComparison.Ordinal)
            && line.Contains($":{port.ContainerPort.ToString(CultureInfo.InvariantCulture)} ", StringComparison.Ordinal));

    /// <summary>The one that AWS names: by the longest path, because one may be the beginning of another.</summary>
    private static SourceSpan? SecretOf(EnvironmentManifest environment, FailureCause.SecretMissing cause) => environment.Variables
        .Select(v => v switch
        {
            EnvironmentVariable.Secret { Path: var path } => path,
            EnvironmentVariable.SsmParameter { Path: var path } => path,
            EnvironmentVariable.ValueFrom { Source: var source } => source,
            _ => null,
        })
        .OfType<Located<string>>()
        .Where(p => p.Value.Length > 0 && cause.Evidence.Any(line => line.Contains(p.Value, StringComparison.Ordinal)))
        .MaxBy(p => p.Value.Length)?.Span;
}
