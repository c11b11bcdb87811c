using System.Net;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>Blocks of addresses, of version 4 and 6.</summary>
internal static class AddressBlocks
{
    /// <summary>Null for what is none. Bits behind the prefix count as zero, as AWS takes them.</summary>
    public static IPNetwork? Parse(string? text) => IPNetwork.TryParse(text, out var block) ? block : null;

    public static bool Contains(IPNetwork outer, IPNetwork inner) => inner.PrefixLength >= outer.PrefixLength && outer.Contains(inner.BaseAddress);

    public static bool Overlap(IPNetwork one, IPNetwork other) => one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress);
}
