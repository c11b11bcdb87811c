using System.Net;
using Barcelona.GitOps.Sandbox.Aws.Ec2;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>Blocks between /16 and /28, subnets inside their VPC's and apart from each other.</summary>
internal static class VpcRules
{
    public static void Vpc(ResourceRequest request) => Sized(request, "InvalidVpc.Range");

    public static void Subnet(ResourceRequest request)
    {
        var zones = AvailabilityZones.Of(request.Region.Name);
        if (request.Properties.Text("AvailabilityZone") is { } zone && !zones.Contains(zone))
            throw new AwsErrorException("InvalidParameterValue",
                $"Value ({zone}) for parameter availabilityZone is invalid. "
                + $"Subnets can currently only be created in the following availability zones: {string.Join(", ", zones)}.");
        var block = Sized(request, "InvalidSubnet.Range");
        var vpc = request.Named("AWS::EC2::VPC", "VpcId");
        if (AddressBlocks.Parse(vpc?.Properties.Text("CidrBlock")) is { } whole && !AddressBlocks.Contains(whole, block))
            throw new AwsErrorException("InvalidSubnet.Range", $"The CIDR '{block}' is invalid.");
        var conflict = request.Others.FirstOrDefault(other => other.Properties.Text("VpcId") == vpc?.Id
            && AddressBlocks.Parse(other.Properties.Text("CidrBlock")) is { } taken && AddressBlocks.Overlap(taken, block));
        if (conflict is not null) throw new AwsErrorException("InvalidSubnet.Conflict", $"The CIDR '{block}' conflicts with another subnet");
        if (request.Properties.Text("Ipv6CidrBlock") is { } ipv6) CheckIpv6(request, ipv6);
    }

    private static IPNetwork Sized(ResourceRequest request, string code)
    {
        var text = request.Properties.Text("CidrBlock");
        if (AddressBlocks.Parse(text) is not { } block)
            throw new AwsErrorException(
                "InvalidParameterValue", $"Value ({text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.");
        return block.PrefixLength is >= 16 and <= 28 ? block : throw new AwsErrorException(code, $"The CIDR '{text}' is invalid.");
    }

    private static void CheckIpv6(ResourceRequest request, string text)
    {
        var wholes = request.Named("AWS::EC2::VPC", "VpcId")?.Attributes.Texts("Ipv6CidrBlocks")
            .Select(AddressBlocks.Parse).OfType<IPNetwork>() ?? [];
        if (AddressBlocks.Parse(text) is not { PrefixLength: 64 } block || !wholes.Any(whole => AddressBlocks.Contains(whole, block)))
            throw new AwsErrorException("InvalidSubnet.Range", $"The CIDR '{text}' is invalid.");
        if (request.Others.Any(other => other.Properties.Text("Ipv6CidrBlock") == text))
            throw new AwsErrorException("InvalidSubnet.Conflict", $"The CIDR '{text}' conflicts with another subnet");
    }
}
