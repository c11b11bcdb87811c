using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest.Schedules;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary>Commands, and the task that runs before a deploy.</summary>
internal static class CommandShapes
{
    public static readonly Shape<Command> Command = new EitherShape<Command>
    {
        Single = Texts.NotEmpty.Select((text, node, _) => new Command(text, [], node.Span)),
        List = new ListShape<string>(Texts.Any) { Min = 1 }.Select((words, node, _) => new Command(null, words, node.Span)),
    };

    /// <summary>As in the original for what no shell runs: a text is split as a shell would split it.</summary>
    public static readonly Shape<Command> WordsOnly = new EitherShape<Command>
    {
        Single = new TextShape(new("words, with every quote closed", t => ShellWords.Split(t) is { Length: > 0 }, "[^\\s]"))
            .Select((text, node, _) => new Command(null, ShellWords.Split(text) ?? [], node.Span)),
        List = new ListShape<string>(Texts.Any) { Min = 1 }.Select((words, node, _) => new Command(null, words, node.Span)),
    };

    private static readonly Key<Command> CommandKey =
        new("command", Command, "What the task runs: a text, or a list of words that needs no shell in the image.") { IsRequired = true };
    private static readonly Key<Located<int>> Cpu =
        new("cpu", new NumberShape(1, 196_608).Located(), "CPU units; 1024 is one vCPU.") { Default = 128 };
    private static readonly Key<Located<int>> Memory = new("memory", new NumberShape(1, 1_048_576).Located(), "Hard limit in MiB.") { Default = 512 };

    private static readonly Key<TimeSpan> Timeout =
        new("timeout", new DurationShape(TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)),
            "How long the task may take, waiting for a place included; beside deploy.timeout.")
        { Default = "20m" };

    public static readonly Shape<BeforeDeploy> BeforeDeploy = new EitherShape<BeforeDeploy>
    {
        Single = Texts.NotEmpty.Select((text, node, _) => Make(new(text, [], node.Span), null)),
        Map = new MapShape<BeforeDeploy>("before_deploy", [CommandKey, Cpu, Memory, Timeout], values =>
            Make(values.Get(CommandKey, new(null, [], values.Span)), values)),
    };

    private static BeforeDeploy Make(Command command, MapValues? values) => new()
    {
        Command = command,
        Cpu = values?.Find(Cpu),
        Memory = values?.Find(Memory),
        Timeout = values?.FindValue(Timeout) ?? TimeSpan.FromMinutes(20),
        Span = values?.Span ?? command.Span,
    };
}
