using System.Security.Cryptography;

namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>The random parts of AWS's names.</summary>
internal static class Identifiers
{
    public static string Hex(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);

    /// <summary>The suffix that CloudFormation gives the resources it names.</summary>
    public static string Suffix(int length) => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length);

    public static string Letters(int length) =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", length);

    /// <summary>An access key id: <c>ASIA</c> for temporary credentials.</summary>
    public static string AccessKey() => "ASIA" + Suffix(16);
}
