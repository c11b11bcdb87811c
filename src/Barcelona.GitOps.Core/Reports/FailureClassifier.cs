using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Reports.Failures;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>
/// From what was seen to the cause. The deepest cause wins: a stack fails because a service does, which fails because its tasks do, which fail
/// because an image is not there. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
/// </summary>
public static partial class FailureClassifier
{
    private const int MaxEvidence = 20, MaxWords = 160;

    /// <param name="timedOutAfter">Null: the time allowed was not used up.</param>
    public static FailureCause Classify(FailureFacts facts, TimeSpan? timedOutAfter = null) =>
        OfPutBack(facts)
        ?? facts.Services.Select(OfHand).FirstOrDefault(c => c is not null)
        ?? facts.Services.Select(OfAlarms).FirstOrDefault(c => c is not null)
        ?? facts.Services.Select(OfTask).FirstOrDefault(c => c is not null)
        ?? facts.Services.Select(OfTargets).FirstOrDefault(c => c is not null)
        ?? OfResources(facts)
        ?? facts.Services.Select(OfPlace).FirstOrDefault(c => c is not null)
        ?? facts.Services.Select(OfRollout).FirstOrDefault(c => c is not null)
        ?? (timedOutAfter is { } after ? new FailureCause.Timeout(after, Everything(facts)) : new FailureCause.Unknown(Everything(facts)));

    /// <summary>No resource failed, so it was not what was deployed that ended the update; what it looked like meanwhile is shown.</summary>
    private static FailureCause.PutBack? OfPutBack(FailureFacts facts) =>
        facts is { PutBack: { } reason, Resources.IsEmpty: true } ? new(reason, Everything(facts)) : null;

    private static FailureCause? OfHand(ServiceFacts service) => service.ChangedByHand is { } what
        ? new FailureCause.ChangedByHand(service.Service, what, [$"{service.Service}: {what}", .. service.Events.Take(MaxEvidence)])
        : null;

    /// <summary>What ended the deployment is known; a task that failed meanwhile may be why the alarm went off, and is shown.</summary>
    private static FailureCause? OfAlarms(ServiceFacts service) => service.TriggeredAlarms.IsEmpty
        ? null
        : new FailureCause.Alarm(
            service.Service,
            service.TriggeredAlarms,
            [
                .. service.TriggeredAlarms.Select(a => $"alarm {a}"), .. service.FirstStoppedTask is { } task ? EvidenceOf(task) : [],
                .. service.UnhealthyTargets.Select(EvidenceOf), .. service.Events.Take(MaxEvidence),
            ]);

    private static FailureCause? OfTask(ServiceFacts service)
    {
        if (service.FirstStoppedTask is not { } task)
        {
            return null;
        }

        var evidence = EvidenceOf(task);
        var (said, kind) = (StopKinds.Said(task), StopKinds.Of(task));
        return said switch
        {
            _ when OutOfMemory().IsMatch(said) => new FailureCause.OutOfMemory(service.Service, evidence),
            _ when Secret().IsMatch(said) => kind == StopKind.MayPass
                ? new FailureCause.CannotStart(
                    service.Service, "its secrets could not be reached from the tasks' network, or AWS asked to wait", evidence)
                : new FailureCause.SecretMissing(service.Service, evidence),
            _ when ImagePull().IsMatch(said) => kind == StopKind.MayPass
                ? new FailureCause.RegistryAway(service.Service, evidence)
                : new FailureCause.ImagePull(service.Service, evidence),
            _ when HealthCheck().IsMatch(said) => OfCheck(service, evidence),
            _ when kind == StopKind.FromOutside => null,
            _ when DidNotStart().IsMatch(said) => new FailureCause.CannotStart(service.Service, WhyNotStarted(said, task), evidence),
            _ => task.Containers.Select(c => c.ExitCode).FirstOrDefault(c => c is not null) is { } code
                ? new FailureCause.ExitCode(service.Service, code, evidence)
                : null,
        };
    }

    private static string WhyNotStarted(string said, StoppedTask task) => said switch
    {
        _ when NoCommand().IsMatch(said) => "there is no such command in the image",
        _ when said.Contains("exec format error", StringComparison.OrdinalIgnoreCase) => "its image is made for another CPU architecture",
        _ when said.Contains("permission denied", StringComparison.OrdinalIgnoreCase) => "its command cannot be executed",
        _ when said.Contains("log group does not exist", StringComparison.OrdinalIgnoreCase) => "its log group is not there",
        _ => $"AWS says: {TextLimit.Cut(InWordsOfAws(task), MaxWords).TrimEnd('.')}",
    };

    private static string InWordsOfAws(StoppedTask task) =>
        task.Containers.Select(c => c.Reason).FirstOrDefault(r => r.Length > 0) ?? task.Reason;

    private static FailureCause? OfTargets(ServiceFacts service) => service.UnhealthyTargets.IsEmpty ? null : OfCheck(service, []);

    private static FailureCause.PortOrHealthCheck OfCheck(ServiceFacts service, ImmutableArray<string> evidence)
    {
        var said = service.Events.Where(e => e.Contains("unhealthy", StringComparison.Ordinal)).Take(1);
        return new(service.Service, [.. evidence, .. service.UnhealthyTargets.Select(EvidenceOf), .. said]) { Answers = Answers(service) };
    }

    /// <summary>
    /// In the words of load balancers, which ECS repeats in its events: targets that have gone meanwhile are no longer told of.
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-reason-codes
    /// </summary>
    private static bool? Answers(ServiceFacts service)
    {
        // Events may be older than this release, and the newest comes first.
        var said = service.UnhealthyTargets.Select(t => t.Description).Concat(service.Events).FirstOrDefault(s => NoAnswer().IsMatch(s));
        var isOfContainer = service.FirstStoppedTask is { } task
            && StopKinds.Said(task).Contains("container health", StringComparison.OrdinalIgnoreCase);
        return said is null || isOfContainer ? null : said.Contains("failed with these codes", StringComparison.Ordinal);
    }

    /// <summary>Such a task is none yet: nothing has stopped, and nothing is there that could.</summary>
    private static FailureCause? OfPlace(ServiceFacts service) => service.Events.Any(e => Unplaced().IsMatch(e))
        ? new FailureCause.NoPlace(service.Service, [.. service.Events.Take(MaxEvidence)])
        : null;

    /// <summary>The last thing a service says; its events say more, as that no instance has room.</summary>
    private static FailureCause? OfRollout(ServiceFacts service) =>
        service.Reason.Length == 0 ? null : new FailureCause.CircuitBreaker(service.Service, [service.Reason, .. service.Events.Take(MaxEvidence)]);

    /// <summary>The first event that is a cause: the others are cancelled because of it. A service that did not settle says so only last.</summary>
    private static FailureCause? OfResources(FailureFacts facts)
    {
        var causes = facts.Resources.Where(r => !Cancelled().IsMatch(r.Reason)).ToArray();
        if (causes.FirstOrDefault(r => r.Type != "AWS::CloudFormation::Stack") is not { } first)
        {
            return null;
        }

        ImmutableArray<string> evidence = [.. causes.Take(MaxEvidence).Select(EvidenceOf)];
        if (RoleNotReady().IsMatch(first.Reason))
        {
            return new FailureCause.RoleNotReady(first.LogicalId, evidence);
        }

        return first.Type == "AWS::ECS::Service" ? OfService(first, evidence, facts) : new FailureCause.StackResource(first.LogicalId, evidence);
    }

    private static FailureCause OfService(FailedResource service, ImmutableArray<string> evidence, FailureFacts facts) => service.Reason switch
    {
        var reason when CircuitBreaker().IsMatch(reason) => facts.Services.Select(OfPlace).FirstOrDefault(c => c is not null) ??
            new FailureCause.CircuitBreaker(service.LogicalId, [.. evidence, .. facts.Services.SelectMany(s => s.Events).Take(MaxEvidence)]),
        var reason when OfAlarm().IsMatch(reason) => Refused().IsMatch(reason)
            ? new FailureCause.AlarmRefused(service.LogicalId, evidence)
            : new FailureCause.Alarm(service.LogicalId, [], evidence),
        _ => new FailureCause.StackResource(service.LogicalId, evidence),
    };

    private static ImmutableArray<string> Everything(FailureFacts facts)
    {
        var services = facts.Services.SelectMany(s =>
            (s.FirstStoppedTask is { } task ? EvidenceOf(task) : []).Append($"{s.Service}: {s.Reason}").Concat(s.Events));
        return [.. services.Concat(facts.Resources.Select(EvidenceOf)).Concat(facts.Unread.Select(u => $"not read: {u}")).Take(MaxEvidence)];
    }

    internal static ImmutableArray<string> EvidenceOf(StoppedTask task) =>
    [
        task.Reason,
        .. task.Containers.Where(c => c.ExitCode is not null || c.Reason.Length > 0).Select(c =>
            $"container {c.Name}: exit code {c.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "none"} {c.Reason}".TrimEnd()),
    ];

    private static string EvidenceOf(UnhealthyTarget target) =>
        $"target {target.Target} {target.State}: {target.Code} {target.Description}".TrimEnd();

    private static string EvidenceOf(FailedResource resource) => $"{resource.LogicalId} {resource.Status}: {resource.Reason}";

    // "toomanyrequests" has it in its middle.
    [GeneratedRegex(@"OutOfMemory|memory usage|\bOOM(?:\b|Kill)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OutOfMemory();

    [GeneratedRegex(@"unable to place (?:a |\d+ )?task", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unplaced();

    [GeneratedRegex(@"(?:retrieve|pull|fetch\w*)\s+secret(?!s or registry auth)|secrets? (?:from|manager)|secretsmanager|ssm parameter",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secret();

    [GeneratedRegex(@"CannotPull|registry auth|pull access denied|manifest (?:unknown|for)|ImageNotFound|repository does not exist",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ImagePull();

    [GeneratedRegex(@"health checks?|Target\.|failed container health", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HealthCheck();

    [GeneratedRegex(@"Health checks failed\b|Request timed out", RegexOptions.CultureInvariant)]
    private static partial Regex NoAnswer();

    [GeneratedRegex(@"\bCannot[A-Z]\w+Error|ResourceInitializationError", RegexOptions.CultureInvariant)]
    private static partial Regex DidNotStart();

    [GeneratedRegex(@"executable file not found|exec:.*no such file", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoCommand();

    /// <summary>https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/818</summary>
    [GeneratedRegex(@"assume the service[- ]linked role|service[- ]linked role does not exist",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RoleNotReady();

    [GeneratedRegex(@"\balarms?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfAlarm();

    /// <summary>The request was refused before anything was deployed.</summary>
    [GeneratedRegex(@"InvalidParameter|InvalidRequest|AccessDenied|not authorized|(?:not|n't) exist|not found",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Refused();

    [GeneratedRegex(@"cancell?ed", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cancelled();

    [GeneratedRegex(@"circuit breaker|did not stabilize|NotStabilized", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CircuitBreaker();
}
