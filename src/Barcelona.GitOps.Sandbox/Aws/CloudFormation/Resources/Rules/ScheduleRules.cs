using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Schedules;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>EventBridge Scheduler: an expression with a time to come, a group, and a role that the service may take.</summary>
internal static class ScheduleRules
{
    public static void Schedule(ResourceRequest request)
    {
        var properties = request.Properties;
        if (properties.Object("FlexibleTimeWindow")?.Text("Mode") is not ("OFF" or "FLEXIBLE"))
            throw AwsErrorException.Validation("FlexibleTimeWindow.Mode must satisfy enum value set: [OFF, FLEXIBLE]");
        var times = ScheduleTimes.Parse(properties.Text("ScheduleExpression") ?? "", properties.Text("ScheduleExpressionTimezone"));
        if (times.Once <= request.Region.Now)
            throw AwsErrorException.Validation($"Invalid Schedule Expression {properties.Text("ScheduleExpression")}.");
        var group = properties.Text("GroupName") ?? "default";
        if (group != "default" && request.Region.Inventory.Find("AWS::Scheduler::ScheduleGroup", group) is null)
            throw new AwsErrorException("ResourceNotFoundException", $"Schedule group {group} does not exist.", 404);
        var target = properties.Object("Target") ?? [];
        Role(request.Region, target.Text("RoleArn") ?? "", group);
        // Neither of them is looked up by AWS, but a template that names what is not there would never run.
        if (target.Object("EcsParameters")?.Text("TaskDefinitionArn") is { } definition) request.Region.Ecs.Definitions.Get(definition);
        request.Region.Ecs.Cluster(target.Text("Arn"));
    }

    private static void Role(AwsRegion region, string arn, string group)
    {
        var role = region.Inventory.Find("AWS::IAM::Role", arn);
        var context = new JsonObject
        {
            ["aws:SourceAccount"] = region.AccountId,
            ["aws:SourceArn"] = region.Arn("scheduler", $"schedule-group/{group}"),
        };
        if (role is null || !new RolePolicy(role).Trusts(ScheduleRunner.Principal, context))
            throw AwsErrorException.Validation("The execution role you provide must allow AWS EventBridge Scheduler to assume the role.");
    }
}
