using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.LoadBalancing;

internal sealed class Balancer(string name, string arn)
{
    public string Name { get; } = name;

    public string Arn { get; } = arn;

    public required string DnsName { get; init; }

    public required string VpcId { get; init; }

    public string Scheme { get; init; } = "internet-facing";

    /// <summary>application or network.</summary>
    public string Type { get; init; } = "application";

    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<JsonObject> Tags { get; set; } = [];

    /// <summary>CloudFormation's properties; empty for one that was there before.</summary>
    public JsonObject Properties { get; set; } = [];

    public bool IsProtected => Attributes.Any(attribute => attribute.Text("Key") == "deletion_protection.enabled" && attribute.Flag("Value"));

    public IEnumerable<JsonObject> Attributes => Properties.Objects("LoadBalancerAttributes");
}
