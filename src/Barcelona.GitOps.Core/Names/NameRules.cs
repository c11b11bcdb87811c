using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Names;

/// <summary>The names that people give: heritages, services, districts, endpoints. The rule of the original, plus no <c>--</c>.</summary>
public static partial class NameRules
{
    /// <summary>Letters, digits and single hyphens, at least two characters, a letter or digit at both ends.</summary>
    public const string Description = "letters, digits and single hyphens, at least two characters, beginning and ending with a letter or digit";

    /// <summary>The pattern as JSON Schema (ECMA 262) writes it.</summary>
    public const string JsonSchemaPattern = "^(?!.*--)[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]$";

    public const int MaxLength = 100;

    public static bool IsValid(string text) => text.Length <= MaxLength && Pattern().IsMatch(text) && !text.Contains("--", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
