using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Schedules;

/// <summary>A schedule as it is now: the next time it fires, it takes the target of that moment.</summary>
internal sealed class Schedule(string arn, JsonObject properties)
{
    /// <summary><c>arn:…:schedule/group/name</c>.</summary>
    public string Arn => arn;

    public string Name => arn.Split(":schedule/")[^1];

    /// <summary>CloudFormation's.</summary>
    public JsonObject Properties { get; set; } = properties;

    /// <summary>Goes up with every change of the times: what was set before fires no more.</summary>
    public int Course { get; set; }

    public JsonObject Target => Properties.Object("Target") ?? [];

    public ScheduleTimes Times => ScheduleTimes.Parse(Properties.Text("ScheduleExpression") ?? "", Properties.Text("ScheduleExpressionTimezone"));
}

/// <summary>All of a region's.</summary>
internal sealed class ScheduleStore
{
    public Dictionary<string, Schedule> Schedules { get; } = [];

    public List<ScheduledStart> Starts { get; } = [];

    public List<DeadLetter> DeadLetters { get; } = [];
}
