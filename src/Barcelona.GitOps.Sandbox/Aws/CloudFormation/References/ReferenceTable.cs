using System.Collections.Frozen;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.References;

/// <summary>
/// Which property refers to what. <c>Path=Type</c> keeps what it names from being deleted, <c>Path~Type</c> does not.
/// Listeners, rules, target groups and services ask their own stores and are only here for what lies outside those.
/// </summary>
internal static class ReferenceTable
{
    private const string Text = """
        EC2::Subnet VpcId=EC2::VPC
        EC2::VPCCidrBlock VpcId=EC2::VPC
        EC2::SubnetCidrBlock SubnetId=EC2::Subnet
        EC2::VPCGatewayAttachment VpcId=EC2::VPC InternetGatewayId=EC2::InternetGateway
        EC2::EgressOnlyInternetGateway VpcId=EC2::VPC
        EC2::RouteTable VpcId=EC2::VPC
        EC2::Route RouteTableId~EC2::RouteTable GatewayId~EC2::InternetGateway NatGatewayId~EC2::NatGateway
        EC2::Route InstanceId~EC2::Instance EgressOnlyInternetGatewayId~EC2::EgressOnlyInternetGateway
        EC2::SubnetRouteTableAssociation SubnetId~EC2::Subnet RouteTableId=EC2::RouteTable
        EC2::NatGateway SubnetId=EC2::Subnet AllocationId=EC2::EIP
        EC2::EIP InstanceId~EC2::Instance
        EC2::EIPAssociation AllocationId=EC2::EIP InstanceId~EC2::Instance
        EC2::NetworkAcl VpcId=EC2::VPC
        EC2::NetworkAclEntry NetworkAclId~EC2::NetworkAcl
        EC2::SubnetNetworkAclAssociation SubnetId~EC2::Subnet NetworkAclId=EC2::NetworkAcl
        EC2::SecurityGroup VpcId=EC2::VPC
        EC2::SecurityGroup SecurityGroupIngress/SourceSecurityGroupId=EC2::SecurityGroup
        EC2::SecurityGroup SecurityGroupEgress/DestinationSecurityGroupId=EC2::SecurityGroup
        EC2::SecurityGroupIngress GroupId~EC2::SecurityGroup SourceSecurityGroupId=EC2::SecurityGroup
        EC2::SecurityGroupEgress GroupId~EC2::SecurityGroup DestinationSecurityGroupId=EC2::SecurityGroup
        EC2::VPCEndpoint VpcId=EC2::VPC SubnetIds=EC2::Subnet SecurityGroupIds=EC2::SecurityGroup RouteTableIds~EC2::RouteTable
        EC2::VPCDHCPOptionsAssociation VpcId~EC2::VPC DhcpOptionsId=EC2::DHCPOptions
        EC2::Instance SubnetId=EC2::Subnet SecurityGroupIds=EC2::SecurityGroup IamInstanceProfile~IAM::InstanceProfile
        EC2::Instance NetworkInterfaces/SubnetId=EC2::Subnet NetworkInterfaces/GroupSet=EC2::SecurityGroup
        EC2::Instance LaunchTemplate/LaunchTemplateId~EC2::LaunchTemplate
        EC2::LaunchTemplate LaunchTemplateData/SecurityGroupIds~EC2::SecurityGroup
        EC2::LaunchTemplate LaunchTemplateData/NetworkInterfaces/Groups~EC2::SecurityGroup
        EC2::LaunchTemplate LaunchTemplateData/IamInstanceProfile/Arn~IAM::InstanceProfile
        EC2::LaunchTemplate LaunchTemplateData/IamInstanceProfile/Name~IAM::InstanceProfile
        AutoScaling::AutoScalingGroup VPCZoneIdentifier=EC2::Subnet LaunchTemplate/LaunchTemplateId~EC2::LaunchTemplate
        AutoScaling::AutoScalingGroup MixedInstancesPolicy/LaunchTemplate/LaunchTemplateSpecification/LaunchTemplateId~EC2::LaunchTemplate
        ECS::CapacityProvider AutoScalingGroupProvider/AutoScalingGroupArn~AutoScaling::AutoScalingGroup
        ECS::ClusterCapacityProviderAssociations Cluster~ECS::Cluster
        ECS::Service NetworkConfiguration/AwsvpcConfiguration/Subnets=EC2::Subnet
        ECS::Service NetworkConfiguration/AwsvpcConfiguration/SecurityGroups=EC2::SecurityGroup
        IAM::Role ManagedPolicyArns=IAM::ManagedPolicy PermissionsBoundary~IAM::ManagedPolicy
        IAM::InstanceProfile Roles=IAM::Role
        IAM::Policy Roles=IAM::Role
        IAM::RolePolicy RoleName=IAM::Role
        IAM::ManagedPolicy Roles=IAM::Role
        S3::BucketPolicy Bucket~S3::Bucket
        SNS::TopicPolicy Topics~SNS::Topic
        SNS::Subscription TopicArn~SNS::Topic
        Route53::HostedZone VPCs/VPCId=EC2::VPC
        Route53::RecordSet HostedZoneId=Route53::HostedZone
        ElasticLoadBalancingV2::LoadBalancer Subnets=EC2::Subnet SubnetMappings/SubnetId=EC2::Subnet SecurityGroups=EC2::SecurityGroup
        ElasticLoadBalancingV2::Listener Certificates/CertificateArn=CertificateManager::Certificate
        ElasticLoadBalancingV2::TargetGroup VpcId~EC2::VPC
        Scheduler::Schedule Target/RoleArn~IAM::Role Target/DeadLetterConfig/Arn~SQS::Queue
        """;

    private static readonly FrozenDictionary<string, IReadOnlyList<Reference>> ByType = Text.Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .SelectMany(words => words.Skip(1).Select(word => (Type: "AWS::" + words[0], Reference: Parse(word))))
        .GroupBy(entry => entry.Type)
        .ToFrozenDictionary(group => group.Key, group => (IReadOnlyList<Reference>)[.. group.Select(entry => entry.Reference)]);

    public static IReadOnlyList<Reference> Of(string type) => ByType.GetValueOrDefault(type, []);

    private static Reference Parse(string word)
    {
        var at = word.IndexOfAny(['=', '~']);
        return new Reference(word[..at], "AWS::" + word[(at + 1)..], Holds: word[at] == '=');
    }
}
