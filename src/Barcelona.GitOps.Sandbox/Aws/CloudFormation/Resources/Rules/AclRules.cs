using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>Entries of network ACLs: a number once a direction, and what the protocol needs.</summary>
internal static class AclRules
{
    public static void Entry(ResourceRequest request)
    {
        var entry = request.Properties;
        var (acl, number, egress) = (entry.Text("NetworkAclId"), entry.Number("RuleNumber") ?? 0, entry.Flag("Egress"));
        if (number is < 1 or > 32_766) throw Invalid($"Value ({number}) for parameter ruleNumber is invalid.");
        if (request.Others.Any(other => other.Properties.Text("NetworkAclId") == acl && other.Properties.Number("RuleNumber") == number
            && other.Properties.Flag("Egress") == egress))
            throw new AwsErrorException("NetworkAclEntryAlreadyExists", $"The network acl entry identified by {number} already exists.");
        var blocks = ((string[])["CidrBlock", "Ipv6CidrBlock"]).Where(entry.ContainsKey).ToList();
        if (blocks.Count != 1 || AddressBlocks.Parse(entry.Text(blocks[0])) is null) throw Invalid("An entry needs exactly one valid block");
        switch (entry.Number("Protocol"))
        {
            case 6 or 17 when entry.Object("PortRange") is not { } ports || ports.Number("From") is not { } from || from > ports.Number("To"):
                throw Invalid("The port range of an entry for TCP or UDP is missing or turned round");
            case 1 or 58 when entry.Object("Icmp") is null:
                throw Invalid("An entry for ICMP needs type and code");
        }
    }

    private static AwsErrorException Invalid(string message) => new("InvalidParameterValue", message);
}
