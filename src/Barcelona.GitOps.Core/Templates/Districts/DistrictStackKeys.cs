namespace Barcelona.GitOps.Core.Templates.Districts;

/// <summary>Names that the templates of districts and endpoints, the planner and the adapters agree on.</summary>
public static class DistrictStackKeys
{
    public const string ZonesParameter = "Zones";
    public const string BaseImageParameter = "BaseImage";

    /// <summary>Under a name for each architecture, so that an image is never kept for instances of the other.</summary>
    public static string ClusterImageParameter(bool isArm) => isArm ? "ClusterImageArm64" : "ClusterImage";

    /// <summary>Comma-separated names of the endpoints that the district makes: how a removed one is known.</summary>
    public const string EndpointsParameter = "Endpoints";

    /// <summary><c>true</c> or <c>false</c>: deletion protection of an endpoint's load balancer.</summary>
    public const string ProtectionParameter = "DeletionProtection";

    /// <summary>The least number of instances in the cluster.</summary>
    public const string InstanceMinParameter = "InstanceMin";

    /// <summary>Tag of machines: <see cref="InstanceRole"/> or <see cref="BastionRole"/>. Rights of people are bound to it.</summary>
    public const string RoleTag = "barcelona:role";

    public const string InstanceRole = "instance";
    public const string BastionRole = "bastion";

    public const string VpcOutput = "VpcId";
    public const string PublicSubnetsOutput = "PublicSubnets";
    public const string PrivateSubnetsOutput = "PrivateSubnets";

    /// <summary>The group of instances and of tasks with their own network interface.</summary>
    public const string InstanceGroupOutput = "InstanceSecurityGroup";

    public const string PublicBalancerGroupOutput = "PublicLoadBalancerSecurityGroup";
    public const string PrivateBalancerGroupOutput = "PrivateLoadBalancerSecurityGroup";

    /// <summary>For databases and caches: who has it lets the district's instances in.</summary>
    public const string AccessibleGroupOutput = "AccessibleSecurityGroup";

    /// <summary>What the outside sees outgoing traffic come from; absent when there is no NAT.</summary>
    public const string NatAddressesOutput = "NatAddresses";

    public const string PrivateZoneOutput = "PrivateZone";
    public const string TopicOutput = "NotificationTopic";
    public const string BucketOutput = "Bucket";
    public const string ClusterOutput = "Cluster";

    /// <summary>The capacity provider of the cluster's instances; absent when the district makes none.</summary>
    public const string CapacityProviderOutput = "CapacityProvider";

    public const string HttpListenerOutput = "HttpListenerArn";

    /// <summary>Absent on an endpoint without certificate.</summary>
    public const string HttpsListenerOutput = "HttpsListenerArn";

    public const string DnsNameOutput = "DnsName";
}
