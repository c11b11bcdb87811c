using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys.Services;

/// <summary><c>autoscaling</c> and <c>deployment</c> of a service.</summary>
internal static class ScalingKeys
{
    private static readonly Key<int> Min = new("min", new NumberShape(0, 5000), "The fewest tasks.") { IsRequired = true };
    private static readonly Key<int> Max = new("max", new NumberShape(1, 5000), "The most tasks.") { IsRequired = true };
    private static readonly Key<int> Cpu = new("cpu", new NumberShape(1, 100), "Average CPU in percent to keep.");
    private static readonly Key<int> Memory = new("memory", new NumberShape(1, 100), "Average memory in percent to keep.");
    private static readonly Key<int> Requests = new("requests", new NumberShape(1), "Requests per task and minute to keep.");

    private static readonly Key<int> MinimumHealthy =
        new("minimum_healthy_percent", new NumberShape(0, 100), "How many tasks keep running while others are replaced.") { Default = 100 };

    private static readonly Key<int> Maximum =
        new("maximum_percent", new NumberShape(100, 1000), "How many tasks may run while others are replaced.") { Default = 200 };

    private static readonly Key<TimeSpan> GracePeriod = new("grace_period", new DurationShape(TimeSpan.Zero, TimeSpan.FromHours(24)),
        "How long failing health checks are ignored after a task starts.");

    private static readonly Key<ImmutableArray<string>> Alarms =
        new("alarms", new ListShape<string>(Texts.NotEmpty) { Max = 10 }, "CloudWatch alarms that roll the deployment back.");

    public static readonly Shape<Autoscaling> Autoscaling = new MapShape<Autoscaling>("autoscaling", [Min, Max, Cpu, Memory, Requests], values =>
    {
        var scaling = new Autoscaling(values.Get(Min, 1), values.Get(Max, int.MaxValue), values.FindValue(Cpu), values.FindValue(Memory),
            values.FindValue(Requests), values.Span);
        if (scaling.Min > scaling.Max)
        {
            values.Log.Add(ServiceDiagnostics.Scaling(values.PlaceOf(Max), $"'max' ({scaling.Max}) is below 'min' ({scaling.Min})."));
        }

        if (values.TryGet(Min, out var min) && min == 0)
        {
            values.Log.Add(ScalingDiagnostics.DownToNone(values.PlaceOf(Min)));
        }

        if (!values.IsMentioned(Cpu) && !values.IsMentioned(Memory) && !values.IsMentioned(Requests))
        {
            values.Log.Add(ServiceDiagnostics.Scaling(values.Head, "Autoscaling tracks nothing: give cpu, memory or requests."));
        }

        return scaling;
    })
    {
        Constrain = schema => schema["anyOf"] = SchemaParts.EachRequired(Cpu, Memory, Requests),
    };

    public static readonly Shape<DeploymentSettings> Deployment =
        new MapShape<DeploymentSettings>("deployment", [MinimumHealthy, Maximum, GracePeriod, Alarms], values =>
    {
        var settings = new DeploymentSettings
        {
            MinimumHealthyPercent = values.Get(MinimumHealthy, 100),
            MaximumPercent = values.Get(Maximum, 200),
            GracePeriod = values.FindValue(GracePeriod),
            Alarms = values.Get(Alarms, []),
        };
        if (settings is { MinimumHealthyPercent: 100, MaximumPercent: 100 })
        {
            values.Log.Add(ServiceDiagnostics.Percent(values.PlaceOf(Maximum), 100, 100));
        }

        return settings;
    })
        {
            Refused = ImmutableDictionary<string, Func<SourceSpan, Diagnostic>>.Empty.Add("strategy", ScalingDiagnostics.Strategy),
        };
}
