using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Dns;

/// <summary>Route 53: whether a zone is in the account that asks.</summary>
internal static class HostedZoneApi
{
    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["GetHostedZone"] = GetHostedZone,
    };

    private static JsonObject GetHostedZone(AwsRegion region, JsonObject request)
    {
        var id = request.Text("Id") ?? "";
        var zone = region.Inventory.Find("AWS::Route53::HostedZone", id)
            ?? throw new AwsErrorException("NoSuchHostedZone", $"No hosted zone found with ID: {id}", 404);
        var records = region.Inventory.OfType("AWS::Route53::RecordSet").Count(record => record.Properties.Text("HostedZoneId") == id);
        return new JsonObject
        {
            ["HostedZone"] = new JsonObject
            {
                ["Id"] = $"/hostedzone/{id}",
                ["Name"] = (zone.Properties.Text("Name") ?? "").TrimEnd('.') + ".",
                ["CallerReference"] = id,
                ["Config"] = new JsonObject { ["PrivateZone"] = zone.Properties["VPCs"] is JsonArray { Count: > 0 } },
                // Its NS and SOA records are there from the beginning.
                ["ResourceRecordSetCount"] = records + 2,
            },
            ["DelegationSet"] = new JsonObject { ["NameServers"] = zone.Attributes["NameServers"]?.DeepClone() ?? new JsonArray() },
        };
    }
}
