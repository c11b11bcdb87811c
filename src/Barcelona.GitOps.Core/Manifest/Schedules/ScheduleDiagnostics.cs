using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Manifest.Schedules;

/// <summary>What is wrong with scheduled tasks, beyond a single key.</summary>
internal static class ScheduleDiagnostics
{
    private static readonly DiagnosticKind NameKind = new("BCN800", Severity.Error, "A scheduled task with the name of a service",
        "Both have a task definition of their own, whose family ends in the name. Names without case are unique in the heritage.");

    private static readonly DiagnosticKind SizeKind = new("BCN801", Severity.Warning, "A size for a task definition of somebody else's",
        "`external_task_def` names what runs, with the size that it has.");

    private static readonly DiagnosticKind OverKind = new("BCN802", Severity.Warning, "A schedule whose time has passed",
        "EventBridge Scheduler takes no `at(...)` that is over, so that it is left out of the stack: the release would fail. Remove the task.");

    private static readonly DiagnosticKind PolicyKind = new("BCN803", Severity.Error, "A task definition that the district's policy cannot bound",
        "`policy` in the district file bounds size and image of what is deployed, and of `external_task_def` neither is known.");

    public static Diagnostic NameOfService(SourceSpan span, string name, int line) =>
        NameKind.At(span, $"The scheduled task is called '{name}', as the service on line {line} is.", "Give it another 'name'.");

    public static Diagnostic SizeOfExternal(SourceSpan span, string key) =>
        SizeKind.At(span, $"'{key}' has no effect beside 'external_task_def'.");

    public static Diagnostic Over(SourceSpan span, string name, string schedule) =>
        OverKind.At(span, $"The scheduled task '{name}' was to run {schedule}, which is over: it is not deployed.");

    public static Diagnostic BeyondPolicy(SourceSpan span, string name, string district) => PolicyKind.At(
        span, $"The scheduled task '{name}' runs a task definition of somebody else's, and district '{district}' has a policy.",
        "Give the task its own command, or deploy it to a district without one.");
}
