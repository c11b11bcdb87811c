using System.Security.Cryptography;
using System.Text;

namespace Barcelona.GitOps.Bench.Load;

/// <summary>A payload with the signature that GitHub would give it.</summary>
internal sealed record SignedRequest(byte[] Body, string Signature)
{
    public static SignedRequest Of(byte[] body, string secret) =>
        new(body, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}");
}
