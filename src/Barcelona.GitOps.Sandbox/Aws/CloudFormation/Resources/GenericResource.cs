using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;

/// <summary>A type that nothing else here looks at: it gets a plausible name, and every read-only property of its schema as an attribute.</summary>
internal sealed class GenericResource : IResourceHandler
{
    /// <summary>Properties that name a resource, most specific first; the name is what Ref yields.</summary>
    private static readonly string[] NameProperties =
    [
        "RoleName", "ManagedPolicyName", "PolicyName", "BucketName", "ClusterName", "TopicName", "QueueName", "AlarmName",
        "InstanceProfileName", "Name",
    ];

    public ResourceProgress Create(ResourceRequest request)
    {
        var name = NameProperties.Select(request.Properties.Text).FirstOrDefault(text => text is not null) ?? request.GeneratedName();
        return new ResourceProgress.Done(PhysicalId(request, name), Attributes(request, name));
    }

    public ResourceProgress Update(ResourceRequest request) =>
        new ResourceProgress.Done(request.PhysicalId, Attributes(request, request.PhysicalId));

    public ResourceProgress Delete(ResourceRequest request) => new ResourceProgress.Done(request.PhysicalId, []);

    // EC2 names things by a short prefix and seventeen hex digits; most others by their name, some by their ARN.
    private static string PhysicalId(ResourceRequest request, string name) => request.Type switch
    {
        "AWS::EC2::VPC" => "vpc-0" + Identifiers.Hex(16),
        "AWS::EC2::Subnet" => "subnet-0" + Identifiers.Hex(16),
        "AWS::EC2::SecurityGroup" => "sg-0" + Identifiers.Hex(16),
        "AWS::IAM::ManagedPolicy" => $"arn:aws:iam::{request.Region.AccountId}:policy{request.Properties.Text("Path") ?? "/"}{name}",
        "AWS::SNS::Topic" => request.Region.Arn("sns", name),
        "AWS::ApplicationAutoScaling::ScalableTarget" =>
            $"{request.Properties.Text("ResourceId")}|{request.Properties.Text("ScalableDimension")}|{request.Properties.Text("ServiceNamespace")}",
        "AWS::ApplicationAutoScaling::ScalingPolicy" =>
            request.Region.Arn("autoscaling", $"scalingPolicy:{Guid.NewGuid()}:resource/{request.Properties.Text("ResourceId")}:policyName/{name}"),
        _ => name,
    };

    private static JsonObject Attributes(ResourceRequest request, string name)
    {
        var attributes = new JsonObject();
        foreach (var attribute in ResourceSchemas.Of(request.Type).ReadOnly)
            attributes[attribute.Replace('/', '.')] = Attribute(request, name, attribute);
        return attributes;
    }

    private static string Attribute(ResourceRequest request, string name, string attribute)
    {
        var service = request.Type.Split("::")[1].ToLowerInvariant();
        if (request.Type == "AWS::IAM::Role" && attribute == "Arn")
            return $"arn:aws:iam::{request.Region.AccountId}:role{request.Properties.Text("Path") ?? "/"}{name}";
        return attribute.EndsWith("Arn", StringComparison.Ordinal)
            ? request.Region.Arn(service, $"{request.Type.Split("::")[^1].ToLowerInvariant()}/{name}")
            : name;
    }
}
