using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ec2;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;

/// <summary>What Fn::GetAtt yields: every read-only property of the type's schema, and the few more that AWS documents.</summary>
internal static class ResourceAttributes
{
    public static JsonObject Of(ResourceRequest request, string id)
    {
        var attributes = new JsonObject();
        foreach (var attribute in ResourceSchemas.Of(request.Type).ReadOnly)
            attributes[attribute.Replace('/', '.')] = Attribute(request, id, attribute);
        foreach (var (name, value) in Own(request, id)) attributes[name] = value?.DeepClone();
        return attributes;
    }

    private static string Attribute(ResourceRequest request, string id, string attribute)
    {
        var service = request.Type.Split("::")[1].ToLowerInvariant();
        if (!attribute.EndsWith("Arn", StringComparison.OrdinalIgnoreCase) || id.StartsWith("arn:", StringComparison.Ordinal)) return id;
        return request.Region.Arn(service, $"{request.Type.Split("::")[^1].ToLowerInvariant()}/{id}");
    }

    private static JsonObject Own(ResourceRequest request, string id) => request.Type switch
    {
        "AWS::EC2::VPC" => new JsonObject
        {
            ["CidrBlock"] = request.Properties.Text("CidrBlock"),
            ["CidrBlockAssociations"] = new JsonArray("vpc-cidr-assoc-0" + Identifiers.Hex(16)),
            ["DefaultNetworkAcl"] = "acl-0" + Identifiers.Hex(16),
            ["DefaultSecurityGroup"] = "sg-0" + Identifiers.Hex(16),
            // Filled by an AWS::EC2::VPCCidrBlock that asks for one.
            ["Ipv6CidrBlocks"] = new JsonArray(),
        },
        "AWS::EC2::Subnet" => new JsonObject
        {
            ["AvailabilityZone"] = request.Properties.Text("AvailabilityZone") ?? AvailabilityZones.Of(request.Region.Name)[0],
            ["CidrBlock"] = request.Properties.Text("CidrBlock"),
            ["Ipv6CidrBlocks"] = request.Properties.Text("Ipv6CidrBlock") is { } block ? new JsonArray(block) : new JsonArray(),
            ["VpcId"] = request.Properties.Text("VpcId"),
            ["NetworkAclAssociationId"] = "aclassoc-0" + Identifiers.Hex(16),
        },
        "AWS::EC2::SecurityGroup" => new JsonObject { ["VpcId"] = request.Properties.Text("VpcId") },
        "AWS::EC2::EIP" => new JsonObject { ["PublicIp"] = id, ["AllocationId"] = "eipalloc-0" + Identifiers.Hex(16) },
        "AWS::EC2::Instance" => Instance(request),
        "AWS::EC2::LaunchTemplate" => new JsonObject { ["LatestVersionNumber"] = "1", ["DefaultVersionNumber"] = "1" },
        "AWS::EC2::VPCEndpoint" => new JsonObject
        {
            ["DnsEntries"] = new JsonArray($"Z2E726K9Y6RL4W:{id}.{request.Properties.Text("ServiceName")}"),
            ["NetworkInterfaceIds"] = request.Properties.Texts("SubnetIds").Select(_ => "eni-0" + Identifiers.Hex(16)).ToJsonArray(),
        },
        "AWS::IAM::Role" => new JsonObject { ["Arn"] = Iam(request, "role", id), ["RoleId"] = "AROA" + Identifiers.Suffix(17) },
        "AWS::IAM::InstanceProfile" => new JsonObject { ["Arn"] = Iam(request, "instance-profile", id) },
        "AWS::S3::Bucket" => new JsonObject
        {
            ["Arn"] = $"arn:aws:s3:::{id}",
            ["DomainName"] = $"{id}.s3.amazonaws.com",
            ["RegionalDomainName"] = $"{id}.s3.{request.Region.Name}.amazonaws.com",
        },
        "AWS::SQS::Queue" => new JsonObject
        {
            ["Arn"] = request.Region.Arn("sqs", id.Split('/')[^1]),
            ["QueueName"] = id.Split('/')[^1],
        },
        "AWS::Scheduler::ScheduleGroup" => new JsonObject { ["Arn"] = request.Region.Arn("scheduler", $"schedule-group/{id}") },
        "AWS::SNS::Topic" => new JsonObject { ["TopicName"] = id.Split(':')[^1] },
        "AWS::AutoScaling::AutoScalingGroup" => new JsonObject
        {
            ["AutoScalingGroupARN"] = request.Region.Arn("autoscaling", $"autoScalingGroup:{Guid.NewGuid()}:autoScalingGroupName/{id}"),
        },
        "AWS::Route53::HostedZone" => new JsonObject
        {
            ["NameServers"] = new JsonArray([.. Enumerable.Range(1, 4).Select(index => (JsonNode)$"ns-{index}.awsdns-{index:00}.com")]),
        },
        _ => [],
    };

    private static JsonObject Instance(ResourceRequest request)
    {
        var subnet = request.Region.Inventory.Find("AWS::EC2::Subnet", request.Properties.Text("SubnetId") ?? "");
        return new JsonObject
        {
            ["AvailabilityZone"] = subnet?.Attributes.Text("AvailabilityZone") ?? AvailabilityZones.Of(request.Region.Name)[0],
            ["PrivateIp"] = $"10.0.{Random.Shared.Next(256)}.{Random.Shared.Next(4, 255)}",
            ["PublicIp"] = $"203.0.113.{Random.Shared.Next(1, 255)}",
            ["VpcId"] = subnet?.Properties.Text("VpcId") ?? "",
        };
    }

    private static string Iam(ResourceRequest request, string kind, string name) =>
        $"arn:aws:iam::{request.Region.AccountId}:{kind}{request.Properties.Text("Path") ?? "/"}{name}";
}
