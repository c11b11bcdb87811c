using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>Security groups: who is let in or out must be one thing, no rule twice, and words that EC2 takes.</summary>
internal static partial class GroupRules
{
    private static readonly string[] Peers =
    [
        "CidrIp", "CidrIpv6", "SourceSecurityGroupId", "DestinationSecurityGroupId", "SourcePrefixListId", "DestinationPrefixListId",
        "SourceSecurityGroupName",
    ];

    public static void Group(ResourceRequest request)
    {
        CheckWords(request.Properties.Text("GroupDescription"));
        foreach (var direction in (string[])["SecurityGroupIngress", "SecurityGroupEgress"])
        {
            var rules = request.Properties.Objects(direction).ToList();
            rules.ForEach(CheckRule);
            if (rules.Select(Key).Distinct().Count() < rules.Count) throw Duplicate();
        }
        if (request.Properties.Text("GroupName") is { } name && request.Others.Any(other => other.Properties.Text("GroupName") == name
            && other.Properties.Text("VpcId") == request.Properties.Text("VpcId")))
            throw new AwsErrorException("InvalidGroup.Duplicate.Exists", $"The security group '{name}' already exists");
    }

    public static void Rule(ResourceRequest request)
    {
        CheckRule(request.Properties);
        var group = request.Properties.Text("GroupId") ?? "";
        var own = request.Region.Inventory.Find("AWS::EC2::SecurityGroup", group)?.Properties.Objects(request.Type.Split("::")[^1]) ?? [];
        var beside = request.Others.Where(other => other.Properties.Text("GroupId") == group).Select(other => other.Properties);
        if (own.Concat(beside).Any(rule => Key(rule) == Key(request.Properties))) throw Duplicate();
    }

    private static void CheckRule(JsonObject rule)
    {
        CheckWords(rule.Text("Description"));
        var peers = Peers.Where(rule.ContainsKey).ToList();
        if (peers.Count != 1) throw new AwsErrorException("InvalidParameterValue", "A rule needs exactly one source or destination");
        if (peers[0].StartsWith("Cidr", StringComparison.Ordinal) && AddressBlocks.Parse(rule.Text(peers[0])) is null)
            throw new AwsErrorException("InvalidParameterValue", $"CIDR block {rule.Text(peers[0])} is malformed");
        if (rule.Text("IpProtocol") is "tcp" or "udp" && (rule.Number("FromPort") is not { } from || !(from <= rule.Number("ToPort"))))
            throw new AwsErrorException("InvalidParameterValue", "Invalid TCP or UDP port range");
    }

    private static string Key(JsonObject rule) => string.Join(' ',
        ((string[])["IpProtocol", "FromPort", "ToPort", .. Peers]).Select(name => rule.Text(name) ?? "-"));

    private static void CheckWords(string? description)
    {
        if (description is not null && !Words().IsMatch(description))
            throw new AwsErrorException("InvalidParameterValue",
                "Invalid security group description. Valid descriptions are strings less than 256 characters from the following set: "
                + "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");
    }

    private static AwsErrorException Duplicate() => new("InvalidPermission.Duplicate", "the specified rule already exists");

    [GeneratedRegex(@"^[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}$")]
    private static partial Regex Words();
}
