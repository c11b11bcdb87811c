using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Tests.Templates.Districts;

/// <summary>Every rule of every security group. A rule that no table here has fails as much as one that is missing.</summary>
public sealed class SecurityGroupTests
{
    private static readonly string[] Always =
    [
        "PublicLoadBalancerSecurityGroup in tcp 80 from 0.0.0.0/0",
        "PublicLoadBalancerSecurityGroup in tcp 443 from 0.0.0.0/0",
        "PublicLoadBalancerSecurityGroup in all from 10.1.0.0/16",
        "PublicLoadBalancerSecurityGroup out tcp 1-65535 to InstanceSecurityGroup",
        "PrivateLoadBalancerSecurityGroup in tcp 1-65535 from 10.1.0.0/16",
        "PrivateLoadBalancerSecurityGroup out tcp 1-65535 to InstanceSecurityGroup",
        "InstanceSecurityGroup in icmp from 10.1.0.0/16",
        "InstanceSecurityGroup in all from PublicLoadBalancerSecurityGroup",
        "InstanceSecurityGroup in all from PrivateLoadBalancerSecurityGroup",
        "InstanceSecurityGroup in all from AccessibleSecurityGroup",
        "InstanceSecurityGroup in all from InstanceSecurityGroup",
        "InstanceSecurityGroup out everything",
        "AccessibleSecurityGroup in all from InstanceSecurityGroup",
        "AccessibleSecurityGroup out everything",
    ];

    private static readonly string[] WithIpv6 =
    [
        "PublicLoadBalancerSecurityGroup in tcp 80 from ::/0",
        "PublicLoadBalancerSecurityGroup in tcp 443 from ::/0",
    ];

    private static readonly string[] WithBastion =
    [
        "BastionSecurityGroup out tcp 1-65535 to 10.1.0.0/16",
        "BastionSecurityGroup out tcp 80 to 0.0.0.0/0",
        "BastionSecurityGroup out tcp 443 to 0.0.0.0/0",
        "InstanceSecurityGroup in all from BastionSecurityGroup",
        "AccessibleSecurityGroup in all from BastionSecurityGroup",
    ];

    private static readonly string[] WithInterfaceEndpoints =
    [
        "ServiceEndpointSecurityGroup in tcp 443 from 10.1.0.0/16",
        "ServiceEndpointSecurityGroup out everything",
    ];

    private static readonly string[] WithNatInstance =
    [
        "NatInstanceSecurityGroup in all from 10.1.0.0/16",
        "NatInstanceSecurityGroup out everything",
    ];

    public static TheoryData<string, string[]> Districts => new()
    {
        { "network: {cidr_block: 10.1.0.0/16}", Always },
        { "network: {cidr_block: 10.1.0.0/16, nat_type: none, ipv6: true}", [.. Always, .. WithIpv6] },
        { "network: {cidr_block: 10.1.0.0/16}\nbastion: true", [.. Always, .. WithBastion] },
        { "network: {cidr_block: 10.1.0.0/16, interface_endpoints: [ecr, logs]}", [.. Always, .. WithInterfaceEndpoints] },
        { "network: {cidr_block: 10.1.0.0/16, nat_type: instance}", [.. Always, .. WithNatInstance] },
        {
            "network: {cidr_block: 10.1.0.0/16, zones: 3, nat_type: instance, ipv6: true, interface_endpoints: [ssm]}\nbastion: true",
            [.. Always, .. WithIpv6, .. WithBastion, .. WithInterfaceEndpoints, .. WithNatInstance]
        },
        { "network: {existing: {vpc_id: vpc-1, private_subnets: [subnet-1], security_group: sg-1}}", [] },
    };

    [Theory]
    [MemberData(nameof(Districts))]
    public void The_groups_have_these_rules_and_no_others(string keys, string[] rules)
    {
        Assert.Equal(rules.Order(StringComparer.Ordinal), Rules(DistrictExample.With(keys)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_web_comes_in_from_outside()
    {
        string[] outside = ["from 0.0.0.0/0", "from ::/0"];
        var open = DistrictVariants.All.SelectMany(v => Rules(v.District)).Where(r => outside.Any(o => r.EndsWith(o, StringComparison.Ordinal)));

        Assert.Equal(
            [
                "PublicLoadBalancerSecurityGroup in tcp 443 from 0.0.0.0/0", "PublicLoadBalancerSecurityGroup in tcp 443 from ::/0",
                "PublicLoadBalancerSecurityGroup in tcp 80 from 0.0.0.0/0", "PublicLoadBalancerSecurityGroup in tcp 80 from ::/0",
            ],
            open.Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Rules(District district)
    {
        var resources = DistrictExample.Resources(DistrictExample.Template(district)).ToList();
        var standing = resources.Where(r => r.Type == "AWS::EC2::SecurityGroup").SelectMany(g => InGroup(g.Id, g.Properties));
        var coming = resources.Where(r => r.Type == "AWS::EC2::SecurityGroupIngress")
            .Select(r => Words(Group(r.Properties["GroupId"]), "in", r.Properties));
        var going = resources.Where(r => r.Type == "AWS::EC2::SecurityGroupEgress")
            .Select(r => Words(Group(r.Properties["GroupId"]), "out", r.Properties));
        return standing.Concat(coming).Concat(going);
    }

    private static IEnumerable<string> InGroup(string group, JsonObject properties)
    {
        foreach (var rule in properties["SecurityGroupIngress"]?.AsArray() ?? [])
        {
            yield return Words(group, "in", rule?.AsObject() ?? []);
        }

        foreach (var rule in properties["SecurityGroupEgress"]?.AsArray() ?? [])
        {
            yield return Words(group, "out", rule?.AsObject() ?? []);
        }

        // EC2's own rule for a group that says nothing.
        if (properties["SecurityGroupEgress"] is null)
        {
            yield return $"{group} out everything";
        }
    }

    private static string Words(string group, string direction, JsonObject rule)
    {
        string[] places = ["CidrIp", "CidrIpv6"], groups = ["SourceSecurityGroupId", "DestinationSecurityGroupId"];
        var blocks = places.Select(p => rule[p]?.GetValue<string>()).OfType<string>();
        var peers = blocks.Concat(groups.Where(rule.ContainsKey).Select(g => Group(rule[g])));
        return $"{group} {direction} {Traffic(rule)} {(direction == "in" ? "from" : "to")} {Assert.Single(peers)}";
    }

    private static string Traffic(JsonObject rule)
    {
        var ports = (rule["FromPort"]?.GetValue<int>(), rule["ToPort"]?.GetValue<int>());
        return (rule["IpProtocol"]?.GetValue<string>(), ports) switch
        {
            ("-1", (null, null)) => "all",
            ("icmp", (-1, -1)) => "icmp",
            var (protocol, (from, to)) => from == to ? $"{protocol} {from}" : $"{protocol} {from}-{to}",
        };
    }

    private static string Group(JsonNode? reference) => reference?["Fn::GetAtt"]?[0]?.GetValue<string>() ?? reference?.ToJsonString() ?? "nothing";
}
