using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.References;
using Barcelona.GitOps.Sandbox.Aws.LoadBalancing;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>
/// Load balancers: two zones, a way in from the internet for public ones, and a bucket that takes their logs; what each kind speaks, and that a
/// target group serves one only.
/// </summary>
internal static class BalancerRules
{
    private static readonly string[] OfNetwork = ["TCP", "UDP", "TLS", "TCP_UDP"];

    private const string LogDelivery = "logdelivery.elasticloadbalancing.amazonaws.com";

    public static void Balancer(ResourceRequest request)
    {
        var subnets = request.Properties.Texts("Subnets")
            .Concat(request.Properties.Objects("SubnetMappings").Select(mapping => mapping.Text("SubnetId")).OfType<string>())
            .Select(subnet => request.Region.Inventory.Find("AWS::EC2::Subnet", subnet)).ToList();
        var zones = subnets.Select(subnet => subnet?.Attributes.Text("AvailabilityZone")).Distinct().Count();
        if (request.Properties.Text("Type") is null or "application" && zones < 2)
            throw AwsErrorException.Validation("At least two subnets in two different Availability Zones must be specified");
        if (zones < subnets.Count)
            throw new AwsErrorException(
                "InvalidConfigurationRequest", "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
        var vpc = subnets.Count > 0 ? subnets[0]?.Properties.Text("VpcId") : null;
        if (request.Properties.Text("Scheme") != "internal" && !Networks.HasInternetGateway(request.Region, vpc))
            throw new AwsErrorException("InvalidSubnet", $"VPC {vpc} has no internet gateway");
        CheckLogs(request);
    }

    public static string? Attribute(ResourceRequest request, string key) => request.Properties.Objects("LoadBalancerAttributes")
        .LastOrDefault(attribute => attribute.Text("Key") == key)?.Text("Value");

    private static void CheckLogs(ResourceRequest request)
    {
        if (Attribute(request, "access_logs.s3.enabled") != "true") return;
        var name = Attribute(request, "access_logs.s3.bucket") ?? "";
        var bucket = request.Region.Buckets.Find(name);
        if (bucket is null || bucket.Place != request.Region.Place || bucket.Policy?.Contains(LogDelivery, StringComparison.Ordinal) != true)
            throw new AwsErrorException("InvalidConfigurationRequest", $"Access Denied for bucket: {name}. Please check S3bucket permission");
    }

    public static void TargetGroup(ResourceRequest request)
    {
        var properties = request.Properties;
        var protocol = properties.Text("Protocol") ?? "";
        var check = properties.Text("HealthCheckProtocol") ?? (OfNetwork.Contains(protocol) ? "TCP" : "HTTP");
        if (check is "UDP" or "TCP_UDP") throw AwsErrorException.Validation($"Health check protocol '{check}' must be one of 'HTTP', 'HTTPS', 'TCP'");
        if (check == "TCP" && !OfNetwork.Contains(protocol))
            throw AwsErrorException.Validation("Health check protocol 'TCP' is not supported for target groups with the protocol " + protocol);
        if (check == "TCP" && (properties.ContainsKey("Matcher") || properties.ContainsKey("HealthCheckPath")))
            throw new AwsErrorException(
                "InvalidConfigurationRequest", "Matcher and path cannot be specified for a target group with TCP health checks");
        if (properties.Number("HealthCheckTimeoutSeconds") >= (properties.Number("HealthCheckIntervalSeconds") ?? 30))
            throw AwsErrorException.Validation("Health check timeout must be smaller than the interval");
        foreach (var attribute in properties.Objects("TargetGroupAttributes")) CheckAttribute(protocol, attribute);
    }

    public static void Listener(ResourceRequest request)
    {
        var store = request.Region.Balancers;
        if (store.Balancers.Find(known => known.Arn == request.Properties.Text("LoadBalancerArn")) is not { } balancer) return;
        var (protocol, isNetwork) = (request.Properties.Text("Protocol") ?? "", balancer.Type == "network");
        if (OfNetwork.Contains(protocol) != isNetwork)
            throw AwsErrorException.Validation($"Protocol '{protocol}' is not supported by load balancers of type {balancer.Type}");
        foreach (var action in isNetwork ? request.Properties.Objects("DefaultActions") : []) CheckAction(store, balancer, protocol, action);
    }

    private static void CheckAction(BalancerStore store, Balancer balancer, string protocol, JsonObject action)
    {
        if (action.Text("Type") != "forward") throw AwsErrorException.Validation("A network load balancer can only forward");
        var group = store.TargetGroup(action.Text("TargetGroupArn") ?? "")
            ?? throw new AwsErrorException("TargetGroupNotFound", "One or more target groups not found");
        if (group.Properties.Text("Protocol") != protocol)
            throw new AwsErrorException("InvalidConfigurationRequest", $"Listener protocol '{protocol}' is not supported with this target group");
        if (store.BalancersOf(group.Arn).Any(other => other != balancer.Arn))
            throw new AwsErrorException("TargetGroupAssociationLimit",
                $"The following target groups cannot be associated with more than one load balancer: {group.Arn}");
    }

    private static void CheckAttribute(string protocol, JsonObject attribute)
    {
        var isOn = attribute.Text("Value") == "true";
        if ((attribute.Text("Key") == "preserve_client_ip.enabled" && !isOn && protocol == "UDP")
            || (attribute.Text("Key") == "proxy_protocol_v2.enabled" && isOn && !OfNetwork.Contains(protocol)))
            throw new AwsErrorException("InvalidConfigurationRequest", $"{attribute} is not supported with protocol {protocol}");
    }
}
