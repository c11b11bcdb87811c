using Barcelona.GitOps.Sandbox.Aws.CloudFormation.References;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>Load balancers: two zones, a way in from the internet for public ones, and a bucket that takes their logs.</summary>
internal static class BalancerRules
{
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
}
