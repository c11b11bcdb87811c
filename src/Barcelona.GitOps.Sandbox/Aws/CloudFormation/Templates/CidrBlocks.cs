using System.Buffers.Binary;
using System.Net;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>Fn::Cidr for IPv4: the first <c>count</c> blocks that leave <c>hostBits</c> bits to their hosts.</summary>
internal static class CidrBlocks
{
    public static IEnumerable<string> Cut(string block, int count, int hostBits)
    {
        if (!IPNetwork.TryParse(block, out var network) || hostBits is < 1 or > 32)
            throw AwsErrorException.Validation($"Template error: Fn::Cidr: invalid block {block}");
        var start = BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes());
        return Enumerable.Range(0, count).Select(index => Address(start + ((uint)index << hostBits)) + $"/{32 - hostBits}");
    }

    private static string Address(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return new IPAddress(bytes).ToString();
    }
}
