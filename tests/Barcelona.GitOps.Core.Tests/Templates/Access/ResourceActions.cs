using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Tests.Golden;

namespace Barcelona.GitOps.Core.Tests.Templates.Access;

/// <summary>
/// What CloudFormation calls for the resources of our templates, from the handlers' permissions in the public schemas of the resource types. A type
/// that a template begins to use must be added here, and to the role.
/// </summary>
internal static class ResourceActions
{
    private static readonly Dictionary<string, string> Table = new()
    {
        ["AWS::AutoScaling::AutoScalingGroup"] = "autoscaling: CreateAutoScalingGroup UpdateAutoScalingGroup DeleteAutoScalingGroup DescribeAutoScalingGroups CreateOrUpdateTags "
            + "DescribeScalingActivities SuspendProcesses ResumeProcesses TerminateInstanceInAutoScalingGroup; ec2: RunInstances CreateTags; iam: PassRole CreateServiceLinkedRole",
        ["AWS::CertificateManager::Certificate"] = "acm: RequestCertificate DescribeCertificate DeleteCertificate AddTagsToCertificate; route53: ChangeResourceRecordSets GetChange",
        ["AWS::CloudFormation::WaitConditionHandle"] = "",
        ["AWS::EC2::DHCPOptions"] = "ec2: CreateDhcpOptions DeleteDhcpOptions DescribeDhcpOptions CreateTags",
        ["AWS::EC2::EIP"] = "ec2: AllocateAddress AssociateAddress DisassociateAddress ReleaseAddress DescribeAddresses CreateTags",
        ["AWS::EC2::EgressOnlyInternetGateway"] = "ec2: CreateEgressOnlyInternetGateway DeleteEgressOnlyInternetGateway DescribeEgressOnlyInternetGateways",
        ["AWS::EC2::Instance"] = "ec2: RunInstances TerminateInstances DescribeInstances ModifyInstanceAttribute CreateTags; iam: PassRole",
        ["AWS::EC2::InternetGateway"] = "ec2: CreateInternetGateway DeleteInternetGateway DescribeInternetGateways CreateTags",
        ["AWS::EC2::LaunchTemplate"] = "ec2: CreateLaunchTemplate CreateLaunchTemplateVersion ModifyLaunchTemplate DeleteLaunchTemplate DescribeLaunchTemplates DescribeLaunchTemplateVersions CreateTags",
        ["AWS::EC2::NatGateway"] = "ec2: CreateNatGateway DeleteNatGateway DescribeNatGateways CreateTags",
        ["AWS::EC2::NetworkAcl"] = "ec2: CreateNetworkAcl DeleteNetworkAcl DescribeNetworkAcls CreateTags",
        ["AWS::EC2::NetworkAclEntry"] = "ec2: CreateNetworkAclEntry ReplaceNetworkAclEntry DeleteNetworkAclEntry",
        ["AWS::EC2::Route"] = "ec2: CreateRoute ReplaceRoute DeleteRoute DescribeRouteTables",
        ["AWS::EC2::RouteTable"] = "ec2: CreateRouteTable DeleteRouteTable DescribeRouteTables CreateTags",
        ["AWS::EC2::SecurityGroup"] = "ec2: CreateSecurityGroup DeleteSecurityGroup DescribeSecurityGroups AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateTags",
        ["AWS::EC2::SecurityGroupEgress"] = "ec2: AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress DescribeSecurityGroupRules",
        ["AWS::EC2::SecurityGroupIngress"] = "ec2: AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress DescribeSecurityGroupRules",
        ["AWS::EC2::Subnet"] = "ec2: CreateSubnet DeleteSubnet DescribeSubnets ModifySubnetAttribute CreateTags",
        ["AWS::EC2::SubnetNetworkAclAssociation"] = "ec2: ReplaceNetworkAclAssociation DescribeNetworkAcls",
        ["AWS::EC2::SubnetRouteTableAssociation"] = "ec2: AssociateRouteTable ReplaceRouteTableAssociation DisassociateRouteTable",
        ["AWS::EC2::VPC"] = "ec2: CreateVpc DeleteVpc DescribeVpcs DescribeVpcAttribute ModifyVpcAttribute CreateTags",
        ["AWS::EC2::VPCCidrBlock"] = "ec2: AssociateVpcCidrBlock DisassociateVpcCidrBlock DescribeVpcs",
        ["AWS::EC2::VPCDHCPOptionsAssociation"] = "ec2: AssociateDhcpOptions DescribeVpcs",
        ["AWS::EC2::VPCEndpoint"] = "ec2: CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints DescribeVpcEndpoints CreateTags",
        ["AWS::EC2::VPCGatewayAttachment"] = "ec2: AttachInternetGateway DetachInternetGateway DescribeInternetGateways",
        ["AWS::ECS::CapacityProvider"] = "ecs: CreateCapacityProvider UpdateCapacityProvider DeleteCapacityProvider DescribeCapacityProviders TagResource; autoscaling: CreateOrUpdateTags PutLifecycleHook DescribeAutoScalingGroups",
        ["AWS::ECS::Cluster"] = "ecs: CreateCluster UpdateCluster DeleteCluster DescribeClusters TagResource; iam: CreateServiceLinkedRole",
        ["AWS::ECS::ClusterCapacityProviderAssociations"] = "ecs: PutClusterCapacityProviders DescribeClusters DescribeCapacityProviders",
        ["AWS::ECS::Service"] = "ecs: CreateService UpdateService DeleteService DescribeServices TagResource",
        ["AWS::ElasticLoadBalancingV2::Listener"] = "elasticloadbalancing: CreateListener ModifyListener DeleteListener DescribeListeners ModifyListenerAttributes DescribeListenerAttributes",
        ["AWS::ElasticLoadBalancingV2::ListenerRule"] = "elasticloadbalancing: CreateRule ModifyRule SetRulePriorities DeleteRule DescribeRules",
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = "elasticloadbalancing: CreateLoadBalancer ModifyLoadBalancerAttributes SetSecurityGroups SetSubnets SetIpAddressType DeleteLoadBalancer "
            + "DescribeLoadBalancers DescribeLoadBalancerAttributes AddTags; iam: CreateServiceLinkedRole",
        ["AWS::ElasticLoadBalancingV2::TargetGroup"] = "elasticloadbalancing: CreateTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup DescribeTargetGroups DescribeTargetGroupAttributes AddTags",
        ["AWS::IAM::InstanceProfile"] = "iam: CreateInstanceProfile AddRoleToInstanceProfile RemoveRoleFromInstanceProfile DeleteInstanceProfile GetInstanceProfile PassRole",
        ["AWS::IAM::ManagedPolicy"] = "iam: CreatePolicy CreatePolicyVersion DeletePolicyVersion DeletePolicy GetPolicy ListPolicyVersions ListEntitiesForPolicy",
        ["AWS::IAM::Role"] = "iam: CreateRole PutRolePolicy DeleteRolePolicy GetRole GetRolePolicy ListRolePolicies ListAttachedRolePolicies UpdateAssumeRolePolicy PutRolePermissionsBoundary TagRole DeleteRole",
        ["AWS::Logs::LogGroup"] = "logs: CreateLogGroup PutRetentionPolicy DescribeLogGroups TagResource ListTagsForResource DeleteLogGroup",
        ["AWS::Route53::HostedZone"] = "route53: CreateHostedZone GetHostedZone DeleteHostedZone ChangeTagsForResource ListTagsForResource AssociateVPCWithHostedZone GetChange; ec2: DescribeVpcs",
        ["AWS::Route53::RecordSet"] = "route53: ChangeResourceRecordSets GetChange GetHostedZone ListResourceRecordSets",
        ["AWS::S3::Bucket"] = "s3: CreateBucket DeleteBucket PutEncryptionConfiguration PutBucketVersioning PutBucketPublicAccessBlock PutLifecycleConfiguration PutBucketTagging PutBucketOwnershipControls",
        ["AWS::S3::BucketPolicy"] = "s3: PutBucketPolicy GetBucketPolicy DeleteBucketPolicy",
        ["AWS::SNS::Topic"] = "sns: CreateTopic SetTopicAttributes GetTopicAttributes TagResource ListSubscriptionsByTopic DeleteTopic",
        ["AWS::SQS::Queue"] = "sqs: CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl SetQueueAttributes TagQueue UntagQueue ListQueueTags",
        ["AWS::Scheduler::Schedule"] = "scheduler: CreateSchedule UpdateSchedule DeleteSchedule GetSchedule; iam: PassRole",
        ["AWS::Scheduler::ScheduleGroup"] = "scheduler: CreateScheduleGroup DeleteScheduleGroup GetScheduleGroup TagResource UntagResource ListTagsForResource",
        ["AWS::SNS::TopicPolicy"] = "sns: SetTopicAttributes",
    };

    /// <summary>In the golden templates, wherever they are.</summary>
    public static IEnumerable<(string Type, JsonObject Properties)> OfTemplates =>
        Directory.GetFiles(RepositoryRoot.Of("tests", "Barcelona.GitOps.Core.Tests", "Templates"), "*.template.json", SearchOption.AllDirectories)
            .SelectMany(f => JsonNode.Parse(File.ReadAllText(f))?["Resources"]?.AsObject() ?? [])
            .Select(r => (r.Value?["Type"]?.GetValue<string>() ?? "", r.Value?["Properties"]?.AsObject() ?? []));

    public static TheoryData<string> Types => [.. OfTemplates.Select(r => r.Type).Distinct().Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Of(string type) => Table[type].Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(service => service.Split(':', StringSplitOptions.TrimEntries))
        .SelectMany(parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{parts[0]}:{name}"));
}
