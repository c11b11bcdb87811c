using System.Collections.Frozen;
using System.Reflection;

namespace Barcelona.GitOps.Core.Planning.Differences;

/// <summary>
/// Which properties replace a resource when they change, so that a plan can say so with read-only calls. The table is made from the public
/// resource schemas by eng/aws-schemas/create_only.py; what the schema calls conditional counts, because a plan rather warns than surprises.
/// </summary>
public static class CreateOnlyProperties
{
    private const string Table = "create-only-properties.txt";

    private static readonly FrozenDictionary<string, FrozenSet<string>> ByType = Read();

    /// <summary>What the schemas call conditional, and CloudFormation's reference says is changed in place.</summary>
    private static readonly FrozenSet<(string Type, string Property)> InPlace = FrozenSet.Create(
        ("AWS::EC2::Subnet", "Ipv6CidrBlock"),
        ("AWS::AutoScaling::AutoScalingGroup", "LaunchTemplate"),
        ("AWS::AutoScaling::AutoScalingGroup", "MixedInstancesPolicy"),
        ("AWS::AutoScaling::AutoScalingGroup", "VPCZoneIdentifier"));

    public static IEnumerable<string> Types => ByType.Keys;

    /// <param name="path">Of a leaf, <c>LoadBalancers[0].ContainerPort</c>.</param>
    public static bool Contains(string type, string path) =>
        ByType.TryGetValue(type, out var properties)
        && properties.Any(p => !InPlace.Contains((type, p)) && (path == p || IsBelow(path, p + '.') || IsBelow(path, p + '[')));

    private static FrozenDictionary<string, FrozenSet<string>> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Table)
            ?? throw new InvalidOperationException($"{Table} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(": ", 2))
            .ToFrozenDictionary(
                line => line[0].TrimEnd(':'),
                line => line.Skip(1).SelectMany(l => l.Split(' ')).Select(p => p.TrimEnd('?')).ToFrozenSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
    }

    private static bool IsBelow(string path, string prefix) => path.StartsWith(prefix, StringComparison.Ordinal);
}
