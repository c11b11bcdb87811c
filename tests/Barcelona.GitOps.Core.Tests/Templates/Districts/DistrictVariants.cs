using System.Globalization;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Tests.Templates.Districts;

/// <summary>The cross of everything that a district can choose, and a few of it in which each two choices meet.</summary>
internal static class DistrictVariants
{
    /// <summary>The last one is a region that the original had no images for.</summary>
    public static readonly string[] Regions = ["ap-northeast-1", "us-east-1", "ap-northeast-3"];

    /// <summary>How many of the factors, from the first, are crossed with each other; the rest takes turns.</summary>
    private const int Crossed = 4;

    private static readonly string[][] Factors =
    [
        ["nat_type: instance", "nat_type: managed_gateway", "nat_type: managed_gateway_multi_az", "nat_type: none"],
        ["ec2", "fargate", "fargate_spot"],
        ["true", "false"],
        ["zones: 2", "zones: 3"],
        ["ipv6: true", "ipv6: false"],
        ["[]", "[ecr, logs, secretsmanager, ssm]", $"[{string.Join(", ", InterfaceEndpoints.Words)}]"],
    ];

    private static List<int[]> Cross { get; } =
    [
        .. Factors.Aggregate(
            new[] { Array.Empty<int>() }.AsEnumerable(),
            (sofar, factor) => sofar.SelectMany(s => factor.Select((_, i) => s.Append(i).ToArray()))),
    ];

    public static IEnumerable<(string Name, District District)> All => Cross.Select(District);

    /// <summary>NAT, capacity, bastion and zones, each with each.</summary>
    public static IEnumerable<(string Name, District District)> Wide => Cross
        .GroupBy(v => string.Join(' ', v.Take(Crossed)))
        .Select((group, turn) => District(group.ElementAt(turn % group.Count())));

    /// <summary>Of those that are left, always the one in which most pairs meet for the first time.</summary>
    public static IEnumerable<(string Name, District District)> Pairwise
    {
        get
        {
            var unmet = Cross.SelectMany(Pairs).ToHashSet();
            while (unmet.Count > 0)
            {
                var next = Cross.OrderByDescending(v => Pairs(v).Count(unmet.Contains)).First();
                unmet.ExceptWith(Pairs(next));
                yield return District(next);
            }
        }
    }

    private static IEnumerable<(int, int, int, int)> Pairs(int[] variant) =>
        variant.Index().SelectMany(a => variant.Index().Where(b => b.Index > a.Index).Select(b => (a.Index, a.Item, b.Index, b.Item)));

    private static (string Name, District District) District(int[] variant)
    {
        var words = variant.Select((choice, factor) => Factors[factor][choice]).ToList();
        var keys = $$"""
            network: {cidr_block: 10.1.0.0/16, {{words[0]}}, {{words[3]}}, {{words[4]}}, interface_endpoints: {{words[5]}}}
            capacity: {{words[1]}}
            bastion: {{words[2]}}
            """;
        var name = string.Concat(variant.Select(v => v.ToString(CultureInfo.InvariantCulture)));
        return (name, DistrictExample.With(keys, Regions[variant.Sum() % Regions.Length]));
    }
}
