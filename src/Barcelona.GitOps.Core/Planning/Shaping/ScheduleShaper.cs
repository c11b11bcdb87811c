using System.Collections.Immutable;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Manifest.Schedules;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Schedules;

namespace Barcelona.GitOps.Core.Planning.Shaping;

/// <summary>Decides place and size of scheduled tasks, by the rules that hold for services, and leaves out what is over.</summary>
internal sealed class ScheduleShaper(ReleaseInputs inputs, ReleaseChecks checks)
{
    private static readonly TimeSpan WestOfAll = TimeSpan.FromHours(-12);

    private const int DefaultCpu = 512, DefaultMemory = 1512, DefaultFargateMemory = 2048;

    public ImmutableArray<ScheduleShape> Shape() =>
        [.. inputs.Environment.ScheduledTasks.Where(IsToCome).OrderBy(t => t.Name, StringComparer.Ordinal).Select(Shape)];

    private ScheduleShape Shape(ScheduledTask task)
    {
        var capacity = task.Capacity?.Value ?? inputs.District.Capacity;
        var service = AsService(task, capacity);
        var isOwn = task.ExternalTaskDefinition is null;
        var size = isOwn && capacity != Capacity.Ec2 ? checks.Size(service) : null;
        if (isOwn)
        {
            checks.Policy(service, size);
        }
        else if (inputs.District.Policy is not { MaxCpu: null, MaxMemory: null, Registries: null })
        {
            checks.Add(ScheduleDiagnostics.BeyondPolicy(task.ExternalTaskDefinition?.Span ?? task.Span, task.Name, inputs.District.Name));
        }

        return new() { Manifest = task, Task = new() { Manifest = service, Capacity = capacity, Size = size, Routes = [] } };
    }

    private static ServiceManifest AsService(ScheduledTask task, Capacity capacity) => new()
    {
        Name = new(task.Name, task.Span),
        Type = ServiceType.Default,
        Cpu = task.Cpu ?? new(DefaultCpu, task.Span),
        Memory = task.Memory ?? new(capacity == Capacity.Ec2 ? DefaultMemory : DefaultFargateMemory, task.Span),
        Command = task.Command,
        Listeners = [],
        PortMappings = [],
        Span = task.Span,
    };

    /// <summary>AWS refuses a moment that is over when the schedule is made, and also when anything else of it changes: the next image.</summary>
    private bool IsToCome(ScheduledTask task)
    {
        if (inputs.AskedAt is not { } now || ScheduleExpression.OnceAt(task.Schedule.Value) is not { } at || LocalTime(now, task.Timezone) < at)
        {
            return true;
        }

        checks.Add(ScheduleDiagnostics.Over(task.Schedule.Span, task.Name, task.Schedule.Value));
        return false;
    }

    /// <summary>Where the machine does not know the zone, the latest clock on earth: what is over there is over everywhere.</summary>
    private static DateTime LocalTime(DateTimeOffset now, string timezone) => TimeZoneInfo.TryFindSystemTimeZoneById(timezone, out var zone)
        ? TimeZoneInfo.ConvertTime(now, zone).DateTime
        : now.ToOffset(WestOfAll).DateTime;
}
