using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Reports.Failures;

/// <summary>What a task that stopped says of its release, from nothing to everything.</summary>
public enum StopKind
{
    /// <summary>A scheduler, a person or the end of its machine stopped it: nothing.</summary>
    FromOutside,

    /// <summary>It did not start for a reason that may be gone at the next attempt: a registry that asks to wait, a network, a place.</summary>
    MayPass,

    /// <summary>It ended by itself, or failed its health check: if it goes on like this, it is the release.</summary>
    Repeats,

    /// <summary>Every other task ends the same way: what it needs is not there.</summary>
    ForGood,
}

/// <summary>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html</summary>
public static partial class StopKinds
{
    public static StopKind Of(StoppedTask task)
    {
        var said = Said(task);
        if (IsFromOutside(task, said))
        {
            return StopKind.FromOutside;
        }

        if (DidNotStart().IsMatch(said))
        {
            // Whoever may not read yet may do so in a minute: the role is often as new as the application.
            return Passing().IsMatch(said) ? StopKind.MayPass
                : Final().IsMatch(said) && !Denied().IsMatch(said) ? StopKind.ForGood
                : StopKind.Repeats;
        }

        return task.Containers.Any(c => c.ExitCode is 126 or 127) ? StopKind.ForGood : StopKind.Repeats;
    }

    /// <summary>All that ECS says, one part a line.</summary>
    internal static string Said(StoppedTask task) => string.Join('\n', [task.StopCode, task.Reason, .. task.Containers.Select(c => c.Reason)]);

    /// <summary>The scheduler also stops what fails its health check; then it says "failed".</summary>
    private static bool IsFromOutside(StoppedTask task, string said) => task.StopCode switch
    {
        "UserInitiated" or "SpotInterruption" or "TerminationNotice" => true,
        "ServiceSchedulerInitiated" => !task.Reason.Contains("failed", StringComparison.OrdinalIgnoreCase),
        _ => WasStopped().IsMatch(said) && !task.Reason.Contains("failed", StringComparison.OrdinalIgnoreCase),
    };

    [GeneratedRegex(@"Scaling activity initiated|UserInitiated|deployment ecs-svc|Task stopped by|host termination|spot interruption",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WasStopped();

    [GeneratedRegex(@"TaskFailedToStart|\bCannot[A-Z]\w+Error|ResourceInitializationError|\w+TimeoutError|Timeout waiting for"
        + @"|is unavailable at this time", RegexOptions.CultureInvariant)]
    private static partial Regex DidNotStart();

    [GeneratedRegex(@"throttl|rate (?:limit|exceeded)|too ?many ?requests|\b429\b|time[d-]? ?out|deadline exceeded|cancell?ed"
        + @"|connection (?:refused|reset)|TLS handshake|temporar|unavailable|(?:status|code)\D{0,40}\b5\d\d\b|internal (?:server )?error"
        + @"|unexpected EOF|no route to host|unreachable|no space left|network interface|EC2 error|no such host|dial tcp|try again",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Passing();

    [GeneratedRegex(@"not ?found|unknown|no such|(?:not|n't) exist|can(?:no|')t find|access (?:denied|to the resource is denied)|unauthorized"
        + @"|no basic auth|no matching manifest|does not match the specified platform|invalid (?:reference|parameters?)|did not contain json key"
        + @"|exec format error|permission denied",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Final();

    /// <summary>By IAM, as against a registry.</summary>
    [GeneratedRegex(@"AccessDenied|not authorized to perform|assume the role", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Denied();
}
