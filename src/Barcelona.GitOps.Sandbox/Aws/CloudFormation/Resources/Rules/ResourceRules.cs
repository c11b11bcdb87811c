using System.Collections.Frozen;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>What a service refuses although all that is named exists: overlaps, doubles, what does not fit together.</summary>
internal static class ResourceRules
{
    private static readonly FrozenDictionary<string, Action<ResourceRequest>> ByType = new Dictionary<string, Action<ResourceRequest>>
    {
        ["AWS::EC2::VPC"] = VpcRules.Vpc,
        ["AWS::EC2::Subnet"] = VpcRules.Subnet,
        ["AWS::EC2::VPCGatewayAttachment"] = GatewayRules.Attachment,
        ["AWS::EC2::NatGateway"] = GatewayRules.Nat,
        ["AWS::EC2::EIPAssociation"] = GatewayRules.Address,
        ["AWS::EC2::VPCEndpoint"] = EndpointRules.Endpoint,
        ["AWS::EC2::Route"] = RouteRules.Route,
        ["AWS::EC2::SubnetRouteTableAssociation"] = RouteRules.Association,
        ["AWS::EC2::SubnetNetworkAclAssociation"] = RouteRules.Association,
        ["AWS::EC2::NetworkAclEntry"] = AclRules.Entry,
        ["AWS::EC2::SecurityGroup"] = GroupRules.Group,
        ["AWS::EC2::SecurityGroupIngress"] = GroupRules.Rule,
        ["AWS::EC2::SecurityGroupEgress"] = GroupRules.Rule,
        ["AWS::EC2::Instance"] = MachineRules.Instance,
        ["AWS::EC2::LaunchTemplate"] = MachineRules.LaunchTemplate,
        ["AWS::AutoScaling::AutoScalingGroup"] = ScalingRules.Group,
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = BalancerRules.Balancer,
        ["AWS::ElasticLoadBalancingV2::Listener"] = BalancerRules.Listener,
        ["AWS::ElasticLoadBalancingV2::TargetGroup"] = BalancerRules.TargetGroup,
        ["AWS::IAM::InstanceProfile"] = PolicyRules.Profile,
        ["AWS::S3::BucketPolicy"] = PolicyRules.Bucket,
        ["AWS::Scheduler::Schedule"] = ScheduleRules.Schedule,
        ["AWS::Route53::RecordSet"] = RecordRules.Record,
    }.ToFrozenDictionary();

    public static void Check(ResourceRequest request)
    {
        if (ByType.TryGetValue(request.Type, out var check)) check(request);
    }
}
