using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>Fn::Cidr: the first <c>count</c> blocks that leave <c>hostBits</c> bits to their hosts, of addresses of version 4 or 6.</summary>
internal static class CidrBlocks
{
    public static IEnumerable<string> Cut(string block, int count, int hostBits)
    {
        if (!IPNetwork.TryParse(block, out var network)) throw Error(block, "invalid block");
        var bits = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var spare = bits - network.PrefixLength - hostBits;
        if (hostBits < 1 || spare < 0 || count is < 1 or > 256 || (spare < 8 && count > 1 << spare))
            throw Error(block, $"{count} blocks of {hostBits} host bits do not fit");
        var start = Number(network.BaseAddress);
        return Enumerable.Range(0, count)
            .Select(index => $"{Address(start + ((UInt128)index << hostBits), bits)}/{(bits - hostBits).ToString(CultureInfo.InvariantCulture)}");
    }

    private static UInt128 Number(IPAddress address)
    {
        var bytes = new byte[16];
        var own = address.GetAddressBytes();
        own.CopyTo(bytes, 16 - own.Length);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static IPAddress Address(UInt128 value, int bits)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return new IPAddress(bytes.AsSpan(16 - (bits / 8)));
    }

    private static AwsErrorException Error(string block, string what) =>
        AwsErrorException.Validation($"Template error: Fn::Cidr: {what} in {block}");
}
