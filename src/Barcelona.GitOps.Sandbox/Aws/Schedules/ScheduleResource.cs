using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Schedules;

/// <summary>AWS::Scheduler::Schedule. What it names must exist when it is made, and may be gone when it fires.</summary>
internal sealed class ScheduleResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var name = request.Properties.Text("Name") ?? request.GeneratedName();
        var arn = request.Region.Arn("scheduler", $"schedule/{request.Properties.Text("GroupName") ?? "default"}/{name}");
        var schedule = new Schedule(arn, request.Properties.Copy());
        if (!request.Region.Schedules.Schedules.TryAdd(name, schedule))
            throw new AwsErrorException("ConflictException", $"Schedule {name} already exists.", 409);
        new ScheduleRunner(request.Region).Wait(schedule);
        return Done(name, arn);
    }

    public ResourceProgress Update(ResourceRequest request)
    {
        var schedule = request.Region.Schedules.Schedules[request.PhysicalId];
        var isMoved = ((string[])["ScheduleExpression", "ScheduleExpressionTimezone"])
            .Any(name => schedule.Properties.Text(name) != request.Properties.Text(name));
        schedule.Properties = request.Properties.Copy();
        if (isMoved)
        {
            schedule.Course++;
            new ScheduleRunner(request.Region).Wait(schedule);
        }
        return Done(request.PhysicalId, schedule.Arn);
    }

    public ResourceProgress Delete(ResourceRequest request)
    {
        if (request.Region.Schedules.Schedules.Remove(request.PhysicalId, out var schedule)) schedule.Course++;
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static ResourceProgress.Done Done(string name, string arn) => new(name, new JsonObject { ["Arn"] = arn });
}
