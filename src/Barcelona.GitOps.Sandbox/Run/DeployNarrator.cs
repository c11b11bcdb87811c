using System.Collections.Concurrent;
using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>Tells on the terminal what a person would see change on GitHub; what was told of a check is not told again.</summary>
internal sealed class DeployNarrator(Terminal terminal, TimeProvider clock)
{
    private const string Indent = "    ";

    private readonly long _started = clock.GetTimestamp();
    private readonly ConcurrentDictionary<long, ToldCheck> _told = new();

    public void Tell(SandboxChange change)
    {
        switch (change)
        {
            case Pushed(_, { After: { } after } moved):
                terminal.Line($"{Time()} push {moved.Name} {after[..7]}", Tone.Heading);
                break;
            case Pushed(_, var gone):
                terminal.Line($"{Time()} push {gone.Name} deleted", Tone.Heading);
                break;
            case CheckRunChanged(_, var run):
                Tell(run, _told.GetOrAdd(run.Id, _ => new ToldCheck()));
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

    private void Tell(SandboxCheckRun run, ToldCheck told)
    {
        // Two updates of one check can arrive on two threads.
        lock (told)
        {
            var state = run.Conclusion ?? run.Status;
            if (told.Learn($"{state}{Comma(run.Title)}"))
                terminal.Line($"{Time()} check {run.Name}: {state}{Comma(run.Title)}", ToneOf(run));
            foreach (var line in told.LearnLines([.. CheckText.Lines(run.Summary ?? ""), .. CheckText.Lines(run.Text ?? "")]))
                terminal.Line(Indent + line.Text, line.Tone);
            foreach (var annotation in run.Annotations.Skip(told.Annotations))
                Tell(annotation);
            told.Annotations = run.Annotations.Count;
        }
    }

    private void Tell(SandboxAnnotation annotation)
    {
        var column = annotation.StartColumn is { } start ? $":{start}" : "";
        var line = $"{Indent}{annotation.Path}:{annotation.StartLine}{column} {annotation.Level}: {annotation.Title}";
        terminal.Line(line, annotation.Level == "failure" ? Tone.Bad : Tone.Warn);
        terminal.Block(annotation.Message, Indent + Indent);
    }

    private static Tone ToneOf(SandboxCheckRun run) => run.Conclusion switch
    {
        null => Tone.Plain,
        "success" => Tone.Good,
        "neutral" or "skipped" or "cancelled" => Tone.Warn,
        _ => Tone.Bad,
    };

    private string Time() => $"{clock.GetElapsedTime(_started).TotalSeconds,6:0.0}s";

    private static string Comma(string? text) => string.IsNullOrEmpty(text) ? "" : $", {text}";

    private sealed class ToldCheck
    {
        private readonly HashSet<string> _lines = [];

        public int Annotations { get; set; }

        public bool Learn(string line) => _lines.Add(line);

        /// <summary>The lines that are new, with a heading only where something new stands below it.</summary>
        public IEnumerable<TextLine> LearnLines(IReadOnlyList<TextLine> lines)
        {
            TextLine? heading = null;
            foreach (var line in lines)
            {
                if (line.Tone == Tone.Heading)
                {
                    heading = line;
                    continue;
                }
                if (!_lines.Add(line.Text))
                    continue;
                if (heading is not null)
                    yield return heading;
                heading = null;
                yield return line;
            }
        }
    }
}
