using System.Security.Cryptography;
using System.Text;

namespace Barcelona.GitOps.Core.Names;

/// <summary>
/// Parts joined by <c>--</c>, which no part may contain, so that two different lists of parts never give one name.
/// What would be too long is cut and ends in a hash of the whole.
/// </summary>
internal static class StackNaming
{
    /// <summary>CloudFormation's limit for stack names, in characters.</summary>
    public const int MaxLength = 128;

    private const int HashLength = 16;

    public static string Join(params ReadOnlySpan<string> parts) => Join(MaxLength, parts);

    public static string Join(int maxLength, params ReadOnlySpan<string> parts)
    {
        var name = string.Join("--", parts);
        if (name.Length <= maxLength)
        {
            return name;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];

        // The separator before the hash is one that no list of parts can produce: three hyphens.
        return $"{BeginningOf(maxLength, name).TrimEnd('-')}---{hash}";
    }

    /// <summary>As much of a name as stands in every name that begins like it, cut or not.</summary>
    public static string BeginningOf(int maxLength, string name) => name[..Math.Min(name.Length, maxLength - HashLength - 3)];
}
