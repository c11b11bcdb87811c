using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ec2;

/// <summary>Networks and machines as the answers show them.</summary>
internal static class Ec2Descriptions
{
    public static JsonObject Vpc(KnownResource vpc) => new()
    {
        ["vpcId"] = vpc.Id,
        ["cidrBlock"] = vpc.Properties.Text("CidrBlock"),
        ["state"] = "available",
        ["isDefault"] = false,
        ["tagSet"] = Tags(vpc),
    };

    public static JsonObject Subnet(AwsRegion region, KnownResource subnet) => new()
    {
        ["subnetId"] = subnet.Id,
        ["vpcId"] = subnet.Properties.Text("VpcId"),
        ["cidrBlock"] = subnet.Properties.Text("CidrBlock"),
        ["availabilityZone"] = subnet.Properties.Text("AvailabilityZone") ?? AvailabilityZones.Of(region.Name)[0],
        ["mapPublicIpOnLaunch"] = subnet.Properties.Flag("MapPublicIpOnLaunch"),
        ["state"] = "available",
        ["tagSet"] = Tags(subnet),
    };

    public static JsonObject Instance(AwsRegion region, KnownResource instance)
    {
        var subnet = region.Inventory.Find("AWS::EC2::Subnet", instance.Properties.Text("SubnetId") ?? "");
        return new JsonObject
        {
            ["instanceId"] = instance.Id,
            ["imageId"] = instance.Properties.Text("ImageId"),
            ["instanceType"] = instance.Properties.Text("InstanceType"),
            ["instanceState"] = new JsonObject { ["code"] = 16, ["name"] = "running" },
            ["subnetId"] = subnet?.Id,
            ["vpcId"] = subnet?.Properties.Text("VpcId"),
            ["privateIpAddress"] = instance.Attributes.Text("PrivateIp"),
            ["tagSet"] = Tags(instance),
        };
    }

    private static JsonArray Tags(KnownResource resource) =>
        resource.Tags.Select(tag => new JsonObject { ["key"] = tag.Text("Key"), ["value"] = tag.Text("Value") }).ToJsonArray();
}
