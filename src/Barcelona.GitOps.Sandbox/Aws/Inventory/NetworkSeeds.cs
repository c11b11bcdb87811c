using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ec2;

namespace Barcelona.GitOps.Sandbox.Aws.Inventory;

/// <summary>What was there before any stack.</summary>
internal static class NetworkSeeds
{
    public static SeededNetwork Create(AwsRegion region)
    {
        var vpc = Add(region, "AWS::EC2::VPC", Id("vpc"),
            new JsonObject { ["CidrBlock"] = "10.0.0.0/16", ["EnableDnsSupport"] = true, ["EnableDnsHostnames"] = true });
        var gateway = Add(region, "AWS::EC2::InternetGateway", Id("igw"), []);
        Add(region, "AWS::EC2::VPCGatewayAttachment", $"IGW|{vpc}", new JsonObject { ["VpcId"] = vpc, ["InternetGatewayId"] = gateway });
        var subnets = Enumerable.Range(0, 4).Select(index => Subnet(region, vpc, index)).ToList();
        return new SeededNetwork
        {
            VpcId = vpc,
            PublicSubnets = [.. subnets.Take(2)],
            PrivateSubnets = [.. subnets.Skip(2)],
            SecurityGroup = Add(region, "AWS::EC2::SecurityGroup", Id("sg"), new JsonObject { ["VpcId"] = vpc }),
        };
    }

    /// <summary>Returns the id.</summary>
    public static string Add(AwsRegion region, string type, string id, JsonObject properties)
    {
        region.Inventory.Add(new KnownResource(type, id) { Properties = properties, IsReady = true });
        return id;
    }

    private static string Subnet(AwsRegion region, string vpc, int index)
    {
        var zone = AvailabilityZones.Of(region.Name)[index % 2];
        var id = Id("subnet");
        region.Inventory.Add(new KnownResource("AWS::EC2::Subnet", id)
        {
            IsReady = true,
            Properties = new JsonObject { ["VpcId"] = vpc, ["CidrBlock"] = $"10.0.{index}.0/24", ["AvailabilityZone"] = zone },
            Attributes = new JsonObject { ["AvailabilityZone"] = zone },
        });
        return id;
    }

    private static string Id(string prefix) => $"{prefix}-0{Identifiers.Hex(16)}";
}
