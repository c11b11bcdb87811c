using System.Text.Json;
using Barcelona.GitOps.Sandbox.GitHub.Rest;

namespace Barcelona.GitOps.Sandbox.GitHub.Endpoints;

/// <summary>The body of a check run's create and update, with GitHub's limits.
/// https://docs.github.com/en/rest/checks/runs#create-a-check-run</summary>
internal static class CheckRunInput
{
    private const int MostAnnotations = 50;
    private const int MostActions = 3;
    private const int LongestText = 65535;
    private const int LongestLabel = 20;
    private const int LongestDescription = 40;
    private const int LongestTitle = 255;
    private const int LargestAnnotation = 64 * 1024;

    private static readonly string[] Statuses = ["queued", "in_progress", "completed", "waiting", "requested", "pending"];

    private static readonly string[] Conclusions =
        ["action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out"];

    /// <summary>Null: acceptable.</summary>
    public static string? Problem(RestBody body, bool creating) =>
        (creating ? Missing(body, "name", "head_sha") : null)
        ?? OneOf(body, "status", Statuses)
        ?? OneOf(body, "conclusion", Conclusions)
        ?? (body.Text("status") == "completed" && !body.Has("conclusion") ? "\"conclusion\" wasn't supplied." : null)
        ?? OutputProblem(body.Object("output"))
        ?? ActionsProblem(body.Array("actions"));

    public static SandboxCheckRun Apply(RestBody body, SandboxCheckRun run, DateTimeOffset now)
    {
        var output = body.Object("output");
        // A conclusion completes the run, said or not.
        var completed = body.Has("conclusion") || body.Text("status") == "completed";
        var status = completed ? "completed" : body.Text("status") ?? run.Status;
        return run with
        {
            Name = body.Text("name") ?? run.Name,
            ExternalId = body.Text("external_id") ?? run.ExternalId,
            DetailsUrl = body.Text("details_url") ?? run.DetailsUrl,
            Status = status,
            Conclusion = completed ? body.Text("conclusion") : body.Has("status") ? null : run.Conclusion,
            StartedAt = body.Time("started_at") ?? run.StartedAt,
            CompletedAt = completed ? body.Time("completed_at") ?? now : body.Has("status") ? null : run.CompletedAt,
            Title = output is null ? run.Title : output.Text("title") ?? run.Title,
            Summary = output is null ? run.Summary : output.Text("summary"),
            Text = output is null ? run.Text : output.Text("text"),
            Annotations = [.. run.Annotations, .. (output?.Array("annotations") ?? []).Select(Annotation)],
            Actions = body.Array("actions") is { } actions ? [.. actions.Select(Action)] : run.Actions,
        };
    }

    private static string? OutputProblem(RestBody? output) => output is null
        ? null
        : Missing(output, "title", "summary")
            ?? TooLong(output, "summary", LongestText)
            ?? TooLong(output, "text", LongestText)
            ?? AnnotationsProblem(output.Array("annotations"));

    private static string? AnnotationsProblem(IReadOnlyList<JsonElement>? annotations) => annotations switch
    {
        null => null,
        { Count: > MostAnnotations } => $"No more than {MostAnnotations} items are allowed; {annotations.Count} were supplied.",
        _ => annotations.Select(a => AnnotationProblem(new RestBody(a))).FirstOrDefault(p => p is not null),
    };

    private static string? AnnotationProblem(RestBody annotation) =>
        Missing(annotation, "path", "start_line", "end_line", "annotation_level", "message")
        ?? OneOf(annotation, "annotation_level", ["notice", "warning", "failure"])
        ?? TooLong(annotation, "title", LongestTitle)
        ?? TooLong(annotation, "message", LargestAnnotation)
        ?? TooLong(annotation, "raw_details", LargestAnnotation)
        ?? (annotation.Number("start_line") < 1 || annotation.Number("end_line") < annotation.Number("start_line")
            ? "Line numbers are out of range."
            : null)
        ?? ((annotation.Has("start_column") || annotation.Has("end_column")) && annotation.Number("start_line") != annotation.Number("end_line")
            ? "Columns are only allowed where \"start_line\" and \"end_line\" are the same."
            : null);

    private static string? ActionsProblem(IReadOnlyList<JsonElement>? actions) => actions switch
    {
        null => null,
        { Count: > MostActions } => $"No more than {MostActions} items are allowed; {actions.Count} were supplied.",
        _ => actions.Select(a => ActionProblem(new RestBody(a))).FirstOrDefault(p => p is not null),
    };

    private static string? ActionProblem(RestBody action) =>
        Missing(action, "label", "description", "identifier")
        ?? TooLong(action, "label", LongestLabel)
        ?? TooLong(action, "description", LongestDescription)
        ?? TooLong(action, "identifier", LongestLabel);

    private static string? Missing(RestBody body, params string[] names) =>
        names.FirstOrDefault(n => !body.Has(n)) is { } missing ? $"\"{missing}\" wasn't supplied." : null;

    private static string? OneOf(RestBody body, string name, string[] allowed) =>
        body.Text(name) is { } value && !allowed.Contains(value) ? $"{value} is not a member of [{string.Join(", ", allowed)}]." : null;

    private static string? TooLong(RestBody body, string name, int most) =>
        body.Text(name) is { } value && value.Length > most ? $"Only {most} characters are allowed; {value.Length} were supplied." : null;

    private static SandboxAnnotation Annotation(JsonElement element)
    {
        var body = new RestBody(element);
        return new SandboxAnnotation(body.Text("path") ?? "", body.Number("start_line") ?? 1, body.Number("end_line") ?? 1,
            body.Text("annotation_level") ?? "notice", body.Text("message") ?? "")
        {
            StartColumn = body.Number("start_column"),
            EndColumn = body.Number("end_column"),
            Title = body.Text("title"),
            RawDetails = body.Text("raw_details"),
        };
    }

    private static SandboxCheckAction Action(JsonElement element)
    {
        var body = new RestBody(element);
        return new SandboxCheckAction(body.Text("label") ?? "", body.Text("description") ?? "", body.Text("identifier") ?? "");
    }
}
