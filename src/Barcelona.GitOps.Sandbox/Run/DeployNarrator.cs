using System.Collections.Concurrent;
using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>Tells on the terminal what a person would see change on GitHub.</summary>
internal sealed class DeployNarrator(Terminal terminal, TimeProvider clock)
{
    private const string Indent = "    ";

    private readonly long _started = clock.GetTimestamp();
    private readonly ConcurrentDictionary<long, SandboxCheckRun> _told = new();

    public void Tell(SandboxChange change)
    {
        switch (change)
        {
            case Pushed(_, { After: { } after } moved):
                terminal.Heading($"{Time()} push {moved.Name} {after[..7]}");
                break;
            case Pushed(_, var gone):
                terminal.Heading($"{Time()} push {gone.Name} deleted");
                break;
            case CheckRunChanged(_, var run):
                Tell(run);
                break;
            case DeploymentChanged(_, { Statuses: [.., var status] } deployment):
                terminal.Line($"{Time()} deployment to {deployment.Environment}: {status.State}{Comma(status.Description)}");
                break;
            case DeploymentChanged(_, var created):
                terminal.Line($"{Time()} deployment to {created.Environment} of {created.Sha[..7]} created");
                break;
            case CommentChanged(_, var comment):
                terminal.Line($"{Time()} {comment.Author.Login} comments on #{comment.Number}");
                terminal.Block(comment.Body, Indent);
                break;
        }
    }

    private void Tell(SandboxCheckRun run)
    {
        var before = _told.TryGetValue(run.Id, out var known) ? known : null;
        _told[run.Id] = run;
        var line = $"{Time()} check {run.Name}: {run.Conclusion ?? run.Status}{Comma(run.Title)}";
        if (before is null || before.Status != run.Status || before.Title != run.Title)
            Print(run, line);
        if (run.Summary is { Length: > 0 } summary && summary != before?.Summary)
            terminal.Block(summary, Indent);
        if (run.Text is { Length: > 0 } text && text != before?.Text)
            terminal.Block(text, Indent);
        foreach (var annotation in run.Annotations.Skip(before?.Annotations.Count ?? 0))
            Tell(annotation);
    }

    private void Print(SandboxCheckRun run, string line)
    {
        if (run.Status != "completed")
            terminal.Line(line);
        else if (run.Conclusion == "success")
            terminal.Good(line);
        else if (run.Conclusion is "neutral" or "skipped" or "cancelled")
            terminal.Warn(line);
        else
            terminal.Bad(line);
    }

    private void Tell(SandboxAnnotation annotation)
    {
        var column = annotation.StartColumn is { } start ? $":{start}" : "";
        var line = $"{Indent}{annotation.Path}:{annotation.StartLine}{column} {annotation.Level}: {annotation.Title}";
        if (annotation.Level == "failure")
            terminal.Bad(line);
        else
            terminal.Warn(line);
        terminal.Block(annotation.Message, Indent + Indent);
    }

    private string Time() => $"{clock.GetElapsedTime(_started).TotalSeconds,6:0.0}s";

    private static string Comma(string? text) => string.IsNullOrEmpty(text) ? "" : $", {text}";
}
