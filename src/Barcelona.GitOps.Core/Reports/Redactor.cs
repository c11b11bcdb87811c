using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>
/// Takes what looks like a secret out of log lines before they are shown. It knows shapes, not values, so it is the last net and not the only
/// one. Linear in the input whatever the input is.
/// </summary>
public static class Redactor
{
    public const string Hidden = "[hidden]";

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    /// <summary>
    /// Words that are sensitive wherever they stand in a name, as in PGPASSWORD and clientSecret, and words that must stand alone:
    /// <c>passed</c> is no secret.
    /// </summary>
    private const string SensitiveNames =
        "(?:[a-z0-9_.-]*(?:password|passphrase|passwd|secret|token|api_?-?key|access_?-?key|private_?-?key|credential)"
        + "|(?:[a-z0-9]+[_.-])*(?:pass|pwd|auth|authorization|cookie))"
        + "s?(?:id|key|value)?(?:[_.-][a-z0-9_.-]*)?";

    /// <summary>Ends with its quotes, or with the word.</summary>
    private const string Value = @"""(?:[^""\\]|\\.)*""|'[^']*'|[^\s""',;&})\]]+";

    private static readonly Regex SensitiveName = new($@"\A{SensitiveNames}\z", Options);

    private static readonly ImmutableArray<(Regex Pattern, string Replacement)> Rules =
    [
        (new(@"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\z)", Options), Hidden),
        (new(@"\b(?:gh[pousr]_|github_pat_)[a-z0-9_]{16,}", Options), Hidden),
        (new(@"\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b", Options), Hidden),
        (new(@"\b(?:xox[a-z]-[a-z0-9-]{10,}|sk_(?:live|test)_[a-z0-9]{10,}|eyJ[a-z0-9_-]{8,}\.[a-z0-9_-]{8,}\.[a-z0-9_-]*)", Options), Hidden),
        (new(@"https://hooks\.slack\.com/[a-z0-9/_-]+", Options), Hidden),
        (new(@"\b(bearer|basic|negotiate)(\s+)[a-z0-9+/=._~-]{8,}", Options), "$1$2" + Hidden),
        (new(@"\b([a-z][a-z0-9+.-]*://)[^\s/@:]*:[^\s/@]+@", Options), "$1" + Hidden + "@"),

        // NAME=value, name: value, "name": "value", name=>"value". What follows a colon is no name: an ARN says which secret, not what it is.
        (new($@"((?:^|[^a-z0-9_.-]){SensitiveNames}[""']?\s*(?:=>|=)\s*)({Value})", Options), "$1" + Hidden),
        (new($@"((?:^|[^a-z0-9_.:-]){SensitiveNames}[""']?\s*:\s*)({Value})", Options), "$1" + Hidden),

        // The secret half of an AWS key pair has no mark of its own but its length.
        (new(@"(^|[^a-z0-9+/=])([a-z0-9+/]{40})([^a-z0-9+/=]|$)", Options), "$1" + Hidden + "$3"),
    ];

    private static readonly Regex Commit = new(@"^[0-9a-f]{40}$", Options);

    /// <summary>Text of one or several lines. A private key is hidden from its first to its last line.</summary>
    public static string Redact(string text) =>
        Rules.Aggregate(text, (current, rule) => rule.Pattern.Replace(current, m => Replace(m, rule.Replacement)));

    /// <summary>Lines as they come; each may be part of something longer, so they are looked at together.</summary>
    public static ImmutableArray<string> Redact(IEnumerable<string> lines) => [.. Redact(string.Join('\n', lines)).Split('\n')];

    /// <summary>A variable of this name is not shown with its value, whatever the value looks like.</summary>
    public static bool IsSensitiveName(string name) => SensitiveName.IsMatch(name);

    /// <summary>Forty digits of hexadecimal are a commit, the most ordinary word of our logs.</summary>
    private static string Replace(Match match, string replacement) =>
        match.Groups.Count == 4 && Commit.IsMatch(match.Groups[2].Value) ? match.Value : match.Result(replacement);
}
