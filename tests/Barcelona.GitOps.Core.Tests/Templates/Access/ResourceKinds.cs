namespace Barcelona.GitOps.Core.Tests.Templates.Access;

/// <summary>
/// What the writes of the handlers are asked about, for rights that are bound to an ARN or a tag.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
/// </summary>
internal static class ResourceKinds
{
    /// <summary>Service, beginning of the resource, whether it has no tag of ours at that moment, and the actions.</summary>
    private static readonly (string Service, string Resource, bool HasNoTag, string Actions)[] Table =
    [
        ("ecs", "cluster/barcelona-default-Cluster-1", false,
            "CreateCluster DeleteCluster DescribeClusters ListTagsForResource PutClusterCapacityProviders TagResource UntagResource UpdateCluster UpdateClusterSettings"),
        ("ecs", "capacity-provider/barcelona-default-CapacityProvider-1", false,
            "CreateCapacityProvider DeleteCapacityProvider DescribeCapacityProviders ListTagsForResource TagResource UntagResource UpdateCapacityProvider"),
        ("ecs", "service/barcelona-default-Cluster-1/shop", false,
            "CreateService DeleteService DescribeServices ListServiceDeployments ListTagsForResource TagResource UntagResource UpdateService"),
        ("ecs", "service-deployment/barcelona-default-Cluster-1/shop/1", true, "DescribeServiceDeployments StopServiceDeployment"),
        ("ecs", "service-revision/barcelona-default-Cluster-1/shop/1", true, "DescribeServiceRevisions"),
        ("ecs", "task-definition/default--shop--before_deploy:1", true, "RunTask"),
        ("ecs", "task/barcelona-default-Cluster-1/1", true, "DescribeTasks StopTask TagResource"),
        ("elasticloadbalancing", "loadbalancer/app/x/1", false,
            "AddTags CreateListener DeleteLoadBalancer ModifyLoadBalancerAttributes RemoveTags SetIpAddressType SetSecurityGroups SetSubnets"),
        ("elasticloadbalancing", "loadbalancer/app/x/1", true, "CreateLoadBalancer"),
        ("elasticloadbalancing", "targetgroup/x/1", false, "AddTags DeleteTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes RemoveTags"),
        ("elasticloadbalancing", "targetgroup/x/1", true, "CreateTargetGroup"),
        ("elasticloadbalancing", "listener/app/x/1/2", true, "CreateRule DeleteListener ModifyListener ModifyListenerAttributes"),
        ("elasticloadbalancing", "loadbalancer/net/x/1", false,
            "AddTags CreateListener DeleteLoadBalancer ModifyLoadBalancerAttributes RemoveTags SetSecurityGroups SetSubnets"),
        ("elasticloadbalancing", "loadbalancer/net/x/1", true, "CreateLoadBalancer"),
        ("elasticloadbalancing", "listener/net/x/1/2", true, "DeleteListener ModifyListener ModifyListenerAttributes"),
        ("elasticloadbalancing", "listener/app/x/1/2", false, "AddTags RemoveTags"),
        ("elasticloadbalancing", "listener-rule/app/x/1/2/3", true, "DeleteRule ModifyRule SetRulePriorities"),
        ("elasticloadbalancing", "listener-rule/app/x/1/2/3", false, "AddTags RemoveTags"),
        ("ec2", "dhcp-options/dopt-1", true, "AssociateDhcpOptions CreateDhcpOptions"),
        ("ec2", "vpc/vpc-1", false,
            "AssociateDhcpOptions AssociateVpcCidrBlock AttachInternetGateway DeleteVpc DetachInternetGateway DisassociateVpcCidrBlock ModifyVpcAttribute"),
        ("ec2", "vpc/vpc-1", true, "CreateNetworkAcl CreateRouteTable CreateSecurityGroup CreateSubnet CreateVpc CreateVpcEndpoint"),
        ("ec2", "network-acl/acl-1", true, "ReplaceNetworkAclAssociation"),
        ("ec2", "subnet/subnet-1", true, "ReplaceNetworkAclAssociation"),
        ("ec2", "subnet/subnet-1", false, "AssociateRouteTable DeleteSubnet DisassociateRouteTable ModifySubnetAttribute RunInstances"),
        ("ec2", "network-interface/eni-1", true, "AssociateAddress DisassociateAddress RunInstances"),
        ("ec2", "instance/i-1", true, "AssociateAddress DisassociateAddress RunInstances"),
        ("ec2", "instance/i-1", false, "ModifyInstanceAttribute StartInstances StopInstances TerminateInstances"),
        ("ec2", "volume/vol-1", true, "RunInstances"),
        ("ec2", "elastic-ip/eipalloc-1", false, "AssociateAddress DisassociateAddress ReleaseAddress"),
        ("ec2", "elastic-ip/eipalloc-1", true, "AllocateAddress CreateNatGateway"),
        ("ec2", "launch-template/lt-1", false, "CreateLaunchTemplateVersion DeleteLaunchTemplate ModifyLaunchTemplate RunInstances"),
        ("ec2", "security-group/sg-1", false,
            "AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress DeleteSecurityGroup RevokeSecurityGroupEgress RevokeSecurityGroupIngress RunInstances"),
        ("autoscaling", "autoScalingGroup:1:autoScalingGroupName/barcelona-default-InstanceGroup-1", false,
            "CreateAutoScalingGroup CreateOrUpdateTags DeleteAutoScalingGroup PutLifecycleHook UpdateAutoScalingGroup"),
        ("autoscaling", "autoScalingGroup:1:autoScalingGroupName/barcelona-default-BastionGroup-1", false,
            "CreateAutoScalingGroup CreateOrUpdateTags DeleteAutoScalingGroup UpdateAutoScalingGroup"),
        ("application-autoscaling", "scalable-target/1", true,
            "DeleteScalingPolicy DeregisterScalableTarget PutScalingPolicy RegisterScalableTarget TagResource"),
        ("cloudwatch", "alarm:TargetTracking-service/barcelona-default-Cluster-1/shop-AlarmHigh-1", true, "DeleteAlarms PutMetricAlarm"),
        ("logs", "log-group:/barcelona/default/shop", false,
            "CreateLogGroup DeleteLogGroup GetDataProtectionPolicy ListTagsForResource PutRetentionPolicy TagResource UntagResource"),
        ("sns", "barcelona-default-NotificationTopic-1", false, "CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes TagResource UntagResource"),
    ];

    public static TheoryData<string, string, bool> Asked => [.. Table.SelectMany(row => row.Actions.Split(' ').Select(
        action => new TheoryDataRow<string, string, bool>($"{row.Service}:{action}", row.Resource, row.HasNoTag)))];
}
