using System.Collections.Frozen;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;

/// <summary>What Ref yields: EC2 names things by a short prefix and seventeen hex digits; most others by their name, some by their ARN.</summary>
internal static class PhysicalIds
{
    private static readonly FrozenDictionary<string, string> Prefixes = new Dictionary<string, string>
    {
        ["VPC"] = "vpc",
        ["Subnet"] = "subnet",
        ["SecurityGroup"] = "sg",
        ["InternetGateway"] = "igw",
        ["RouteTable"] = "rtb",
        ["NatGateway"] = "nat",
        ["NetworkAcl"] = "acl",
        ["VPCEndpoint"] = "vpce",
        ["EgressOnlyInternetGateway"] = "eigw",
        ["VPCCidrBlock"] = "vpc-cidr-assoc",
        ["SubnetCidrBlock"] = "subnet-cidr-assoc",
        ["DHCPOptions"] = "dopt",
        ["Instance"] = "i",
        ["LaunchTemplate"] = "lt",
        ["SubnetRouteTableAssociation"] = "rtbassoc",
        ["SubnetNetworkAclAssociation"] = "aclassoc",
        ["SecurityGroupIngress"] = "sgr",
        ["SecurityGroupEgress"] = "sgr",
        ["EIPAssociation"] = "eipassoc",
        ["NetworkInterface"] = "eni",
        ["FlowLog"] = "fl",
    }.ToFrozenDictionary(entry => "AWS::EC2::" + entry.Key, entry => entry.Value);

    /// <summary>Properties that name a resource, by the type's last word; the name is what Ref yields.</summary>
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["AWS::IAM::Role"] = "RoleName",
        ["AWS::IAM::ManagedPolicy"] = "ManagedPolicyName",
        ["AWS::IAM::InstanceProfile"] = "InstanceProfileName",
        ["AWS::S3::Bucket"] = "BucketName",
        ["AWS::SNS::Topic"] = "TopicName",
        ["AWS::Scheduler::ScheduleGroup"] = "Name",
        ["AWS::AutoScaling::AutoScalingGroup"] = "AutoScalingGroupName",
        ["AWS::ECS::CapacityProvider"] = "Name",
    }.ToFrozenDictionary();

    /// <summary>The name that the template gives; a second thing of that name cannot exist.</summary>
    public static string? Given(ResourceRequest request) =>
        Names.GetValueOrDefault(request.Type) is { } property ? request.Properties.Text(property) : null;

    public static string Of(ResourceRequest request)
    {
        if (Prefixes.TryGetValue(request.Type, out var prefix)) return $"{prefix}-0{Identifiers.Hex(16)}";
        var name = Given(request) ?? OwnName(request) ?? request.GeneratedName();
        var target = request.Properties.Text("ResourceId");
        return request.Type switch
        {
            "AWS::EC2::EIP" => $"203.0.{Random.Shared.Next(114)}.{Random.Shared.Next(1, 255)}",
            "AWS::EC2::Route" => $"{request.Properties.Text("RouteTableId")}|{Destination(request)}",
            "AWS::EC2::VPCGatewayAttachment" => $"IGW|{request.Properties.Text("VpcId")}",
            "AWS::EC2::VPCDHCPOptionsAssociation" => $"{request.Properties.Text("DhcpOptionsId")}|{request.Properties.Text("VpcId")}",
            "AWS::IAM::ManagedPolicy" => $"arn:aws:iam::{request.Region.AccountId}:policy{request.Properties.Text("Path") ?? "/"}{name}",
            "AWS::SNS::Topic" => request.Region.Arn("sns", name),
            "AWS::SQS::Queue" => $"https://sqs.{request.Region.Name}.amazonaws.com/{request.Region.AccountId}/{name}",
            "AWS::Route53::HostedZone" => "Z0" + Identifiers.Suffix(19),
            "AWS::Route53::RecordSet" => (request.Properties.Text("Name") ?? "").TrimEnd('.'),
            "AWS::CertificateManager::Certificate" => request.Region.Arn("acm", $"certificate/{Guid.NewGuid()}"),
            "AWS::ApplicationAutoScaling::ScalableTarget" =>
                $"{target}|{request.Properties.Text("ScalableDimension")}|{request.Properties.Text("ServiceNamespace")}",
            "AWS::ApplicationAutoScaling::ScalingPolicy" =>
                request.Region.Arn("autoscaling", $"scalingPolicy:{Guid.NewGuid()}:resource/{target}:policyName/{name}"),
            // Bucket names have no capitals.
            "AWS::S3::Bucket" => name.ToLowerInvariant(),
            _ => name,
        };
    }

    public static string? Destination(ResourceRequest request) =>
        request.Properties.Text("DestinationCidrBlock") ?? request.Properties.Text("DestinationIpv6CidrBlock");

    private static string? OwnName(ResourceRequest request) => request.Type switch
    {
        "AWS::S3::BucketPolicy" => request.Properties.Text("Bucket"),
        "AWS::ECS::ClusterCapacityProviderAssociations" => request.Properties.Text("Cluster"),
        _ => request.Properties.Text("QueueName") ?? request.Properties.Text("AlarmName") ?? request.Properties.Text("Name"),
    };
}
