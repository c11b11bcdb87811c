using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>SHA-256 in lower-case hexadecimal over parts that cannot run into each other: each is preceded by its length.</summary>
public static class Fingerprint
{
    public static string OfContent(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public static string Of(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var bytes in parts.Select(Encoding.UTF8.GetBytes))
        {
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static IEnumerable<string> Parts(ImmutableSortedDictionary<string, string> pairs) => pairs.SelectMany(p => new[] { p.Key, p.Value });
}
