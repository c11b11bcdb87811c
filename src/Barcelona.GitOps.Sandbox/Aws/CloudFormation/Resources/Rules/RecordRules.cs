using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>Records of a hosted zone: below its name, and one of each type.</summary>
internal static class RecordRules
{
    public static void Record(ResourceRequest request)
    {
        var zone = request.Named("AWS::Route53::HostedZone", "HostedZoneId")
            ?? throw new AwsErrorException("NoSuchHostedZoneNotFound", "The record names no hosted zone", 404);
        var (name, domain) = (Name(request.Properties), Name(zone.Properties));
        if (name != domain && !name.EndsWith("." + domain, StringComparison.Ordinal))
            throw new AwsErrorException("InvalidChangeBatch", $"RRSet with DNS name {name}. is not permitted in zone {domain}.");
        var type = request.Properties.Text("Type");
        if (request.Others.Any(other => other.Properties.Text("HostedZoneId") == zone.Id && Name(other.Properties) == name
            && other.Properties.Text("Type") == type))
            throw new AwsErrorException(
                "InvalidChangeBatchExists", $"Tried to create resource record set [name='{name}.', type='{type}'] but it already exists");
    }

    private static string Name(JsonObject properties) => (properties.Text("Name") ?? "").TrimEnd('.').ToLowerInvariant();
}
