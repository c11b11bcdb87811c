using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Triggers;

/// <summary>
/// A version by SemVer 2.0, with the <c>v</c> that tags usually carry in front or without. Build metadata plays no part in the order.
/// </summary>
public sealed partial record SemVer
{
    private const string Core = @"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)";
    private const string PreRelease = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";

    private readonly ImmutableArray<string> _core;
    private readonly ImmutableArray<string> _preRelease;

    private SemVer(ImmutableArray<string> core, ImmutableArray<string> preRelease) => (_core, _preRelease) = (core, preRelease);

    public static bool TryParse(string text, [NotNullWhen(true)] out SemVer? version)
    {
        version = null;
        if (text.Length <= 256 && Pattern().Match(text) is { Success: true } match)
        {
            var preRelease = match.Groups[4].Success ? match.Groups[4].Value.Split('.') : [];
            version = new([match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value], [.. preRelease]);
        }

        return version is not null;
    }

    /// <summary>Negative: this one comes first.</summary>
    public int CompareTo(SemVer? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byCore = Compare(_core, other._core);
        return byCore != 0 ? byCore
            : _preRelease.IsEmpty || other._preRelease.IsEmpty ? _preRelease.IsEmpty.CompareTo(other._preRelease.IsEmpty)
            : Compare(_preRelease, other._preRelease);
    }

    public bool Equals(SemVer? other) => CompareTo(other) == 0;

    public override int GetHashCode() => string.Join('.', _core.Concat(_preRelease)).GetHashCode(StringComparison.Ordinal);

    private static int Compare(ImmutableArray<string> a, ImmutableArray<string> b) =>
        a.Zip(b, ComparePart).FirstOrDefault(c => c != 0) is not 0 and var first ? first : a.Length.CompareTo(b.Length);

    // Numbers of any length by value, and before words; words in ASCII order (section 11 of the specification).
    private static int ComparePart(string a, string b) => (a.All(char.IsAsciiDigit), b.All(char.IsAsciiDigit)) switch
    {
        (true, true) when a.Length != b.Length => a.Length.CompareTo(b.Length),
        (true, false) => -1,
        (false, true) => 1,
        _ => Math.Sign(string.CompareOrdinal(a, b)),
    };

    [GeneratedRegex(@"\A[vV]?" + Core + "(?:-(" + PreRelease + @"(?:\." + PreRelease + @")*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
