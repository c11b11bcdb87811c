using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Templates.Schedules;

/// <summary>
/// Scheduled tasks, run by EventBridge Scheduler without anything between it and ECS. The revisions are parameters, so that a schedule goes to
/// the new image together with the services, or stays with the old one together with them.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html
/// </summary>
internal static class ScheduleResources
{
    /// <summary>No schedule of a task is called so: their ids go on with a capital letter.</summary>
    public const string Group = "Schedules";
    public const string DeadLetters = "DeadLetters";
    public const string Role = "SchedulerRole";

    /// <summary>Seconds; SQS's longest, two weeks.</summary>
    private const int Retention = 1_209_600;

    /// <summary>Nothing when the release has no schedules.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(ReleaseShape release) => release.Schedules.IsEmpty ? [] :
    [
        new(Group, GroupOf(release.Inputs)),
        new(DeadLetters, Queue()),
        new(Role, SchedulerRole.Of(release)),
        .. release.Schedules.Select(s => KeyValuePair.Create(s.LogicalId, (JsonNode?)Schedule(s, release))),
    ];

    /// <summary>
    /// Schedules take no tags, and AWS's names for them are cut short: the group's name is how rights are bound to a district's.
    /// </summary>
    private static JsonObject GroupOf(ReleaseInputs inputs) => Cfn.Resource(
        "AWS::Scheduler::ScheduleGroup", new() { ["Name"] = ScheduleGroups.NameOf(inputs.District.Name, inputs.Environment.Name.Value) });

    /// <summary>Starts that failed to the end, each with the request and the error as attributes.</summary>
    private static JsonObject Queue() => Cfn.Resource("AWS::SQS::Queue", new()
    {
        ["MessageRetentionPeriod"] = Retention,
        ["SqsManagedSseEnabled"] = true,
    });

    private static JsonObject Schedule(ScheduleShape schedule, ReleaseShape release)
    {
        var manifest = schedule.Manifest;
        var target = new JsonObject
        {
            ["Arn"] = ClusterArn(),
            ["RoleArn"] = Cfn.GetAtt(Role, "Arn"),
            ["EcsParameters"] = EcsParameters(schedule, release),
            ["RetryPolicy"] = new JsonObject { ["MaximumRetryAttempts"] = manifest.Retries },
            ["DeadLetterConfig"] = new JsonObject { ["Arn"] = Cfn.GetAtt(DeadLetters, "Arn") },
        };
        if (schedule.External is { } external)
        {
            // A TaskOverride; what is our own has its command already. The container is the one named like the family, as in the original.
            target["Input"] = CanonicalJson.Write(new JsonObject
            {
                ["containerOverrides"] =
                    new JsonArray(new JsonObject { ["name"] = external.Split(':')[0], ["command"] = Cfn.Strings(manifest.Command.Words) }),
            });
        }

        return Cfn.Resource("AWS::Scheduler::Schedule", new()
        {
            ["Description"] = $"{schedule.Name} of {release.Inputs.Environment.Name.Value} in {release.Inputs.District.Name}",
            ["GroupName"] = Cfn.Ref(Group),
            ["ScheduleExpression"] = manifest.Schedule.Value,
            ["ScheduleExpressionTimezone"] = manifest.Timezone,
            ["FlexibleTimeWindow"] = new JsonObject { ["Mode"] = "OFF" },
            ["Target"] = target,
        });
    }

    private static JsonObject EcsParameters(ScheduleShape schedule, ReleaseShape release)
    {
        var parameters = new JsonObject
        {
            ["TaskDefinitionArn"] = schedule.External is { } external
                ? Cfn.Sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:task-definition/" + external)
                : Cfn.Ref(LogicalIds.TaskDefinition(schedule.Name)),
            ["TaskCount"] = 1,
            ["EnableECSManagedTags"] = true,
            ["PropagateTags"] = "TASK_DEFINITION",
        };
        if (schedule.External is null)
        {
            // Of somebody else's it is not known whether it has a role to carry the session.
            parameters["EnableExecuteCommand"] = true;
        }

        TaskPlacement.AddTo(parameters, schedule.Task, release);
        return parameters;
    }

    /// <summary>Targets are ARNs.</summary>
    public static JsonObject ClusterArn() => Cfn.Sub(
        $"arn:${{AWS::Partition}}:ecs:${{AWS::Region}}:${{AWS::AccountId}}:cluster/${{{StackKeys.ClusterParameter}}}");
}
