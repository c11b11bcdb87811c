using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest.Keys.Services;
using Barcelona.GitOps.Core.Manifest.Schedules;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys;

/// <summary><c>scheduled_tasks</c>.</summary>
internal static class ScheduleKeys
{
    private static readonly Key<Located<string>> Name =
        new("name", Texts.Name.Located(), "Unique in the heritage, among services too. Absent: task- and its place in the list.");

    private static readonly Key<Located<string>> Schedule = new("schedule", new TextShape(new(
        ScheduleExpression.Description, text => ScheduleExpression.Mistake(text) is null, ScheduleExpression.JsonSchemaPattern))
    {
        Hint = text => ScheduleExpression.Mistake(text) ?? "",
    }.Located(), "When it runs, as EventBridge Scheduler writes it.")
    { IsRequired = true };

    private static readonly Key<string> Timezone = new("timezone",
        new TextShape(new("a time zone like Asia/Tokyo or UTC", TimeZoneNames.Contains, "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$"))
        {
            Hint = TimeZoneNames.Hint,
        },
        "The schedule's time zone.")
    { Default = "UTC" };

    private static readonly Key<Command> Command =
        new("command", CommandShapes.WordsOnly,
            "What the task runs: a text that is split into words, without a shell, or the words.")
        { IsRequired = true };

    private static readonly Key<Located<Capacity>> CapacityKey =
        new("capacity", CapacityWords.Shape.Located(), "Where it runs. Absent: the district's.");

    private static readonly Key<Located<int>> Cpu =
        new("cpu", new NumberShape(1, 196_608).Located(), "CPU units; 1024 is one vCPU.") { Default = 512 };

    private static readonly Key<Located<int>> Memory =
        new("memory", new NumberShape(1, 1_048_576).Located(), "Hard limit in MiB; on Fargate the default is 2048.") { Default = 1512 };

    private static readonly Key<int> Retries =
        new("retries", new NumberShape(0, 185), "How often a start that failed is tried again.") { Default = 0 };

    private static readonly Key<Located<string>> ExternalTaskDefinition = new("external_task_def",
        new TextShape(TextRule.Matching("a task definition's family, or family:revision", "^[A-Za-z0-9_-]{1,255}(:[1-9][0-9]{0,8})?$")).Located(),
        "A task definition of somebody else's that runs instead; the command goes to its container of the family's name.");

    public static readonly Shape<ImmutableArray<ScheduledTask>> Tasks = new ListShape<ScheduledTask>(new MapShape<ScheduledTask>("a scheduled task",
        [Name, Schedule, Timezone, Command, CapacityKey, Cpu, Memory, Retries, ExternalTaskDefinition], Bind))
    { Max = 100 }.Select((tasks, _, reading) => Named(tasks, reading));

    /// <summary>A task's family is named like a service's: two of one name would run each other's.</summary>
    public static void CheckAmong(ImmutableArray<ServiceManifest> services, ImmutableArray<ScheduledTask> tasks, DiagnosticLog log)
    {
        foreach (var task in tasks)
        {
            if (services.FirstOrDefault(s => string.Equals(s.Name.Value, task.Name, StringComparison.OrdinalIgnoreCase)) is { } service)
            {
                log.Add(ScheduleDiagnostics.NameOfService(task.Span, task.Name, service.Name.Span.Line));
            }
        }
    }

    private static ScheduledTask Bind(MapValues values)
    {
        var external = values.Find(ExternalTaskDefinition);
        foreach (var size in new Key[] { Cpu, Memory }.Where(k => external is not null && values.IsMentioned(k)))
        {
            values.Log.Add(ScheduleDiagnostics.SizeOfExternal(values.PlaceOf(size), size.Name));
        }

        return new()
        {
            Name = values.Find(Name)?.Value ?? "",
            Schedule = values.Get(Schedule, new("", values.Head)),
            Timezone = values.Get(Timezone, "UTC"),
            Command = values.Get(Command, new(null, [], values.Head)),
            Capacity = values.Find(CapacityKey),
            Cpu = values.Find(Cpu),
            Memory = values.Find(Memory),
            Retries = values.Get(Retries, 0),
            ExternalTaskDefinition = external,
            Span = values.Span,
        };
    }

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
