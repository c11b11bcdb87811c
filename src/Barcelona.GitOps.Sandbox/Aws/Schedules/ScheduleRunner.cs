using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Api;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Schedules;

/// <summary>Waits for a schedule's times, calls RunTask under its role, tries again, and writes to the queue what it gives up on.</summary>
internal sealed class ScheduleRunner(AwsRegion region)
{
    private static readonly string[] Roles = ["taskRoleArn", "executionRoleArn"];

    public const string Principal = "scheduler.amazonaws.com";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public void Wait(Schedule schedule)
    {
        var course = schedule.Course;
        if (schedule.Times.After(region.Now) is not { } next) return;
        region.Timeline.After(next - region.Now, () =>
        {
            if (schedule.Course != course) return;
            Call(schedule, next, attempt: 0);
            Wait(schedule);
        });
    }

    private void Call(Schedule schedule, DateTimeOffset due, int attempt)
    {
        var wanted = schedule.Target.Object("EcsParameters")?.Text("TaskDefinitionArn") ?? "";
        try
        {
            var task = Run(schedule).Objects("tasks").First();
            var definition = region.Ecs.Definitions.Get(task.Text("taskDefinitionArn"));
            region.Schedules.Starts.Add(new ScheduledStart(
                region.Now, schedule.Name, definition.Arn, [.. definition.Containers.Select(container => container.Text("image") ?? "")], null));
        }
        catch (AwsErrorException e)
        {
            region.Schedules.Starts.Add(new ScheduledStart(region.Now, schedule.Name, wanted, [], $"{e.Code}: {e.Message}"));
            if (attempt < (schedule.Target.Object("RetryPolicy")?.Number("MaximumRetryAttempts") ?? 185))
                region.Timeline.After(Pause, () => Call(schedule, due, attempt + 1));
            else GiveUp(schedule, due, attempt, e);
        }
    }

    private JsonObject Run(Schedule schedule)
    {
        var target = schedule.Target;
        var parameters = EcsProperties.ToParameters(target.Object("EcsParameters") ?? []);
        var definition = region.Ecs.Definitions.Get(parameters.Text("taskDefinitionArn"));
        Demand(schedule, "ecs:RunTask", definition.Arn, new JsonObject { ["ecs:cluster"] = target.Text("Arn") });
        foreach (var role in Roles.Select(definition.Content.Text).OfType<string>())
            Demand(schedule, "iam:PassRole", role, new JsonObject { ["iam:PassedToService"] = "ecs-tasks.amazonaws.com" });
        if (parameters.Text("propagateTags") is not null)
            Demand(schedule, "ecs:TagResource", region.Arn("ecs", $"task/{target.Text("Arn")?.Split('/')[^1]}/{Identifiers.Hex(32)}"),
                new JsonObject { ["ecs:CreateAction"] = "RunTask" });
        parameters["cluster"] = target.Text("Arn");
        parameters["taskDefinition"] = definition.Arn;
        parameters["count"] = parameters.Number("taskCount") ?? 1;
        parameters["startedBy"] = "scheduler/" + schedule.Name.Split('/')[^1];
        if (target.Text("Input") is { } input) parameters["overrides"] = JsonNode.Parse(input);
        Fail(region.Faults.ForCall("ecs", "RunTask", parameters));
        return RunTaskOperation.Run(region, parameters);
    }

    /// <summary>What a scenario has ordered for calls goes for this one as well, though nobody makes it over the wire.</summary>
    private static void Fail(Fault? fault)
    {
        if (fault is Fault.Throttle) throw Throttling.Of("ecs");
        if (fault is Fault.Answer answer) throw new AwsErrorException(answer.Code, answer.Message, answer.Status);
    }

    private void Demand(Schedule schedule, string action, string resource, JsonObject context)
    {
        var role = schedule.Target.Text("RoleArn") ?? "";
        if (!Allows(role, action, resource, context))
            throw new AwsErrorException(
                "AccessDeniedException", $"User: {role} is not authorized to perform: {action} on resource: {resource}", 403);
    }

    private bool Allows(string role, string action, string resource, JsonObject context) =>
        region.Inventory.Find("AWS::IAM::Role", role) is { } known && new RolePolicy(known).Allows(action, resource, context);

    private void GiveUp(Schedule schedule, DateTimeOffset due, int attempts, AwsErrorException error)
    {
        var queue = schedule.Target.Object("DeadLetterConfig")?.Text("Arn") ?? "";
        if (region.Inventory.Find("AWS::SQS::Queue", queue) is null || !Allows(schedule.Target.Text("RoleArn") ?? "", "sqs:SendMessage", queue, []))
            return;
        region.Schedules.DeadLetters.Add(new DeadLetter(queue, schedule.Target.ToJsonString(), new Dictionary<string, string>
        {
            ["ERROR_CODE"] = error.Code,
            ["ERROR_MESSAGE"] = error.Message,
            ["EXHAUSTED_RETRY_CONDITION"] = "MaximumRetryAttempts",
            ["RETRY_ATTEMPTS"] = attempts.ToString(CultureInfo.InvariantCulture),
            ["SCHEDULED_TIME"] = due.ToString("o", CultureInfo.InvariantCulture),
            ["SCHEDULE_ARN"] = schedule.Arn,
            ["TARGET_ARN"] = schedule.Target.Text("Arn") ?? "",
        }));
    }
}
