using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.LoadBalancing;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>AWS::ElasticLoadBalancingV2::TargetGroup.</summary>
internal sealed class TargetGroupResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var name = request.Properties.Text("Name") ?? request.GeneratedName(32);
        if (request.Properties.Text("TargetType") != "lambda" && string.IsNullOrEmpty(request.Properties.Text("VpcId")))
            throw new AwsErrorException("ValidationError", "A VPC ID must be specified");
        if (name.Length > 32) throw new AwsErrorException("ValidationError", $"Target group name '{name}' cannot be longer than '32' characters");
        if (request.Region.Balancers.TargetGroups.Exists(group => group.Name == name))
            throw new AwsErrorException(
                "DuplicateTargetGroupName", $"A target group with the same name '{name}' exists, but with different settings");
        var arn = request.Region.Arn("elasticloadbalancing", $"targetgroup/{name}/{Identifiers.Hex(16)}");
        var made = new TargetGroup(name, arn) { Properties = request.Properties.Copy(), Tags = request.Tags };
        request.Region.Balancers.TargetGroups.Add(made);
        return Done(made);
    }

    public ResourceProgress Update(ResourceRequest request)
    {
        var group = request.Region.Balancers.TargetGroup(request.PhysicalId)
            ?? throw new AwsErrorException("TargetGroupNotFound", "One or more target groups not found");
        group.Properties = request.Properties.Copy();
        group.Tags = request.Tags;
        return Done(group);
    }

    public ResourceProgress Delete(ResourceRequest request)
    {
        if (request.Region.Balancers.IsReachable(request.PhysicalId))
            throw new AwsErrorException("ResourceInUse", $"Target group '{request.PhysicalId}' is currently in use by a listener or a rule");
        request.Region.Balancers.TargetGroups.RemoveAll(group => group.Arn == request.PhysicalId);
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static ResourceProgress.Done Done(TargetGroup group) => new(group.Arn, new JsonObject
    {
        ["TargetGroupArn"] = group.Arn,
        ["TargetGroupName"] = group.Name,
        ["TargetGroupFullName"] = group.Arn.Split(':')[^1],
        ["LoadBalancerArns"] = new JsonArray(),
    });
}
