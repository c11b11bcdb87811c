using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary><c>scheduled_tasks</c>.</summary>
internal static class ScheduleKeys
{
    private static readonly Key<Located<string>> Name =
        new("name", Texts.Name.Located(), "Unique in the heritage. Absent: task- and its place in the list.");

    private static readonly Key<Located<string>> Schedule = new("schedule", new TextShape(TextRule.Matching(
        "cron(minutes hours day-of-month month day-of-week year), rate(5 minutes) or at(2026-01-31T09:00:00)",
        "^(cron\\(\\s*[^\\s()]+(\\s+[^\\s()]+){5}\\s*\\)"
        + "|rate\\([1-9][0-9]* (minute|minutes|hour|hours|day|days)\\)|at\\([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\))$"))
    {
        Hint = text => text.StartsWith("cron(", StringComparison.Ordinal) ? "EventBridge's cron has six fields, the last one the year." : "",
    }.Located(), "When it runs, as EventBridge Scheduler writes it.")
    { IsRequired = true };

    private static readonly Key<string> Timezone = new("timezone",
        new TextShape(TextRule.Matching("a time zone like Asia/Tokyo or UTC", "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$")),
        "The schedule's time zone.")
    { Default = "UTC" };

    private static readonly Key<Command> Command =
        new("command", CommandShapes.Command,
            "What the task runs: a text that is split into words, without a shell, or the words.")
        { IsRequired = true };

    private static readonly Key<int> Cpu = new("cpu", new NumberShape(1, 196_608), "CPU units; 1024 is one vCPU.") { Default = 512 };
    private static readonly Key<int> Memory = new("memory", new NumberShape(1, 1_048_576), "Hard limit in MiB.") { Default = 1512 };
    private static readonly Key<int> Retries =
        new("retries", new NumberShape(0, 185), "How often a start that failed is tried again.") { Default = 0 };
    private static readonly Key<string> ExternalTaskDefinition =
        new("external_task_def", Texts.NotEmpty, "A task definition of somebody else's that runs instead.");

    public static readonly Shape<ImmutableArray<ScheduledTask>> Tasks = new ListShape<ScheduledTask>(new MapShape<ScheduledTask>("a scheduled task",
        [Name, Schedule, Timezone, Command, Cpu, Memory, Retries, ExternalTaskDefinition], Bind))
    { Max = 100 }.Select((tasks, _, reading) => Named(tasks, reading));

    private static ScheduledTask Bind(MapValues values) => new()
    {
        Name = values.Find(Name)?.Value ?? "",
        Schedule = values.Get(Schedule, new("", values.Head)),
        Timezone = values.Get(Timezone, "UTC"),
        Command = values.Get(Command, new(null, [], values.Head)),
        Cpu = values.Get(Cpu, 512),
        Memory = values.Get(Memory, 1512),
        Retries = values.Get(Retries, 0),
        ExternalTaskDefinition = values.Find(ExternalTaskDefinition),
        Span = values.Span,
    };

    private static ImmutableArray<ScheduledTask> Named(ImmutableArray<ScheduledTask> tasks, Reading reading)
    {
        var named = tasks.Select((task, index) => task.Name.Length > 0 ? task : task with { Name = $"task-{index + 1}" }).ToImmutableArray();
        foreach (var group in named.GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var again in group.Skip(1))
            {
                reading.Log.Add(KeyDiagnostics.Twice(again.Span, "scheduled tasks", again.Name, group.First().Span.Line));
            }
        }

        return named;
    }
}
