using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ec2;

/// <summary>EC2, API version 2016-11-15: what can be looked at.</summary>
internal static class Ec2Api
{
    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["DescribeAvailabilityZones"] = DescribeAvailabilityZones,
        ["DescribeVpcs"] = (region, request) => Describe(region, request, "Vpc", new("AWS::EC2::VPC", "vpcSet", Ec2Descriptions.Vpc)),
        ["DescribeSubnets"] = (region, request) =>
            Describe(region, request, "Subnet", new("AWS::EC2::Subnet", "subnetSet", subnet => Ec2Descriptions.Subnet(region, subnet))),
        ["DescribeInstances"] = DescribeInstances,
    };

    private static JsonObject DescribeAvailabilityZones(AwsRegion region, JsonObject request) => new()
    {
        ["availabilityZoneInfo"] = AvailabilityZones.Of(region.Name).Select((zone, index) => new JsonObject
        {
            ["zoneName"] = zone,
            ["zoneState"] = "available",
            ["regionName"] = region.Name,
            ["zoneId"] = $"{region.Name}-az{index + 1}",
            ["zoneType"] = "availability-zone",
            ["groupName"] = region.Name,
            ["networkBorderGroup"] = region.Name,
            ["optInStatus"] = "opt-in-not-required",
        }).Where(zone => Ec2Filters.Fit(request, zone)).ToJsonArray(),
    };

    private static JsonObject DescribeInstances(AwsRegion region, JsonObject request)
    {
        var found = Describe(region, request, "Instance",
            new("AWS::EC2::Instance", "instancesSet", instance => Ec2Descriptions.Instance(region, instance)));
        return new JsonObject
        {
            ["reservationSet"] = found["instancesSet"] is JsonArray { Count: > 0 }
                ? new JsonArray(new JsonObject
                {
                    ["reservationId"] = "r-0sandbox",
                    ["ownerId"] = region.AccountId,
                    ["instancesSet"] = found["instancesSet"]?.DeepClone(),
                })
                : new JsonArray(),
        };
    }

    private static JsonObject Describe(AwsRegion region, JsonObject request, string noun, Listing listing)
    {
        var ids = request.Texts(noun + "Id").ToList();
        if (ids.FirstOrDefault(id => region.Inventory.Find(listing.Type, id) is null) is { } missing)
            throw new AwsErrorException($"Invalid{noun}ID.NotFound", $"The {noun} ID '{missing}' does not exist");
        return new JsonObject
        {
            [listing.Name] = region.Inventory.OfType(listing.Type)
                .Where(resource => resource.IsReady && (ids.Count == 0 || ids.Contains(resource.Id)))
                .Select(listing.Describe).Where(described => Ec2Filters.Fit(request, described)).ToJsonArray(),
        };
    }

    private sealed record Listing(string Type, string Name, Func<KnownResource, JsonObject> Describe);
}
