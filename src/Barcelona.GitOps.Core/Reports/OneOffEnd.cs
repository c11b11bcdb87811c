using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>From how a one-off's task stopped to what is said of it.</summary>
public static class OneOffEnd
{
    private const string ByItself = "EssentialContainerExited";

    private static readonly DiagnosticKind FailedKind = new("BCN750", Severity.Error, "before_deploy failed",
        "The task runs to its end, with exit code 0, before anything else of a release changes. When it does not, the release stops there: what ran "
        + "before goes on running. What it wrote is in the heritage's log group, in streams that begin with `before_deploy/`.");

    /// <returns>Null: it ended by itself, and well.</returns>
    public static FailureCause? CauseOf(string oneOff, StoppedTask task)
    {
        // Who is told to stop may also end with zero; that says nothing about the work.
        if (task.StopCode is "" or ByItself && !task.Containers.IsEmpty && task.Containers.All(c => c.ExitCode == 0))
        {
            return null;
        }

        var evidence = FailureClassifier.EvidenceOf(task);
        return FailureClassifier.Classify(new() { Services = [new(oneOff, "") { FirstStoppedTask = task }] }) switch
        {
            FailureCause.ExitCode exit => new FailureCause.OneOffExit(oneOff, exit.Code, evidence),
            FailureCause.Unknown => new FailureCause.OneOffStopped(oneOff, task.Reason, evidence),
            var known => known,
        };
    }

    /// <summary>
    /// It never ran, for want of a machine: nothing was done, and it may be tried again.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
    /// </summary>
    public static bool FoundNoPlace(StoppedTask task) =>
        task.StopCode != ByItself && task.Containers.All(c => c.ExitCode is null)
        && (task.Reason.Contains("Capacity is unavailable", StringComparison.OrdinalIgnoreCase)
            || task.Reason.Contains("Timeout waiting for", StringComparison.OrdinalIgnoreCase));

    public static Diagnostic Failed(SourceSpan span, string cause) => FailedKind.At(span, cause);
}
