using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Services;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Scaling;

/// <summary>
/// AWS::ApplicationAutoScaling::ScalableTarget, for services: bounds hold from the moment they are registered, and nobody else moves the count.
/// </summary>
internal sealed class ScalableTargetResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var id = request.Properties.Text("ResourceId") ?? "";
        if (request.Region.Scaling.Targets.ContainsKey(id))
            throw new AwsErrorException("AlreadyExistsException", $"{PhysicalIds.Of(request)} already exists");
        var (target, done) = Register(request, new ScalableTarget(id));
        request.Region.Scaling.Targets[id] = target;
        return done;
    }

    public ResourceProgress Update(ResourceRequest request) =>
        Register(request, request.Region.Scaling.Targets[request.Properties.Text("ResourceId") ?? ""]).Done;

    public ResourceProgress Delete(ResourceRequest request)
    {
        // Its policies go with it, and the service keeps the count that it has.
        request.Region.Scaling.Targets.Remove(request.PhysicalId.Split('|')[0]);
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static (ScalableTarget Target, ResourceProgress.Done Done) Register(ResourceRequest request, ScalableTarget target)
    {
        var (least, most) = (request.Properties.Number("MinCapacity") ?? 0, request.Properties.Number("MaxCapacity") ?? 0);
        if (least < 0 || most < least)
            throw AwsErrorException.Validation("Maximum capacity cannot be less than minimum capacity, and neither can be negative");
        var service = Find(request.Region, target.ResourceId)
            ?? throw AwsErrorException.Validation($"ECS service doesn't exist: {target.ResourceId}");
        (target.Min, target.Max) = (least, most);
        if (target.Bound(service.DesiredCount) is var count && count != service.DesiredCount)
            new ServiceChanges(request.Region).Update(service, new JsonObject { ["desiredCount"] = count });
        var id = PhysicalIds.Of(request);
        return (target, new ResourceProgress.Done(id, new JsonObject { ["Id"] = id }));
    }

    private static EcsService? Find(AwsRegion region, string resourceId) =>
        resourceId.Split('/') is ["service", var cluster, var name] && region.Ecs.Clusters.TryGetValue(cluster, out var known)
            && known.Services.TryGetValue(name, out var service) && service.Status == "ACTIVE"
            ? service
            : null;
}
