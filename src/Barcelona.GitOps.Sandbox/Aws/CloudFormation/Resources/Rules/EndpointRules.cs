using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>VPC endpoints: a service of the region, one subnet in a zone, and private names only where the VPC answers them, once.</summary>
internal static class EndpointRules
{
    public static void Endpoint(ResourceRequest request)
    {
        var service = request.Properties.Text("ServiceName") ?? "";
        if (!service.StartsWith($"com.amazonaws.{request.Region.Name}.", StringComparison.Ordinal))
            throw new AwsErrorException("InvalidServiceName", $"The Vpc Endpoint Service '{service}' does not exist");
        var zones = request.Properties.Texts("SubnetIds")
            .Select(subnet => request.Region.Inventory.Find("AWS::EC2::Subnet", subnet)?.Attributes.Text("AvailabilityZone")).ToList();
        if (zones.Distinct().Count() < zones.Count)
            throw new AwsErrorException("DuplicateSubnetsInSameZone", "Found another VPC endpoint subnet in the availability zone of a subnet.");
        if (request.Properties.Text("VpcEndpointType") == "Interface" && request.Properties.Flag("PrivateDnsEnabled")) CheckNames(request, service);
    }

    private static void CheckNames(ResourceRequest request, string service)
    {
        var vpc = request.Named("AWS::EC2::VPC", "VpcId");
        // Support is on unless a template says otherwise, names are off unless it says so.
        if (vpc?.Properties.Text("EnableDnsSupport") == "false" || vpc?.Properties.Flag("EnableDnsHostnames") != true)
            throw new AwsErrorException("InvalidParameter",
                $"Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {vpc?.Id}");
        if (request.Others.Any(other => other.Properties.Text("VpcId") == vpc.Id && other.Properties.Text("ServiceName") == service
            && other.Properties.Flag("PrivateDnsEnabled")))
            throw new AwsErrorException("InvalidParameter",
                $"private-dns-enabled cannot be set because there is already a conflicting DNS domain for {service} in the VPC {vpc.Id}");
    }
}
