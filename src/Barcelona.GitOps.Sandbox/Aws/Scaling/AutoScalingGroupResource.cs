using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Scaling;

/// <summary>AWS::AutoScaling::AutoScalingGroup: as many instances as it wants, made anew when its update policy says so.</summary>
internal sealed class AutoScalingGroupResource : IResourceHandler
{
    /// <summary>Properties whose change makes instances obsolete.</summary>
    private static readonly string[] Rolling = ["LaunchTemplate", "MixedInstancesPolicy", "VPCZoneIdentifier"];

    public ResourceProgress Create(ResourceRequest request)
    {
        var name = PhysicalIds.Of(request);
        if (request.Region.Scaling.Groups.ContainsKey(name))
            throw new AwsErrorException("AlreadyExists", $"AutoScalingGroup by this name already exists - {name}");
        var group = request.Region.Scaling.Groups[name] = new ScalingGroup(name) { Properties = request.Properties.Copy() };
        var attributes = ResourceAttributes.Of(request, name);
        return new ResourceProgress.Working(name, attributes, () =>
        {
            new InstanceFleet(request.Region, group).Resize();
            return new ResourceProgress.Done(name, attributes);
        });
    }

    public ResourceProgress Update(ResourceRequest request)
    {
        var group = request.Region.Scaling.Groups[request.PhysicalId];
        group.Properties = request.Properties.Copy();
        var attributes = GenericResource.Kept(request);
        var rolls = request.UpdatePolicy?.Object("AutoScalingRollingUpdate") is not null
            && Rolling.Any(name => !JsonNode.DeepEquals(request.Before[name], request.Properties[name]));
        return new ResourceProgress.Working(group.Name, attributes, () =>
        {
            var fleet = new InstanceFleet(request.Region, group);
            if (rolls) fleet.Roll();
            fleet.Resize();
            return new ResourceProgress.Done(group.Name, attributes);
        });
    }

    public ResourceProgress Delete(ResourceRequest request)
    {
        if (request.Region.Scaling.Groups.Remove(request.PhysicalId, out var group)) new InstanceFleet(request.Region, group).EndAll();
        return new ResourceProgress.Done(request.PhysicalId, []);
    }
}
