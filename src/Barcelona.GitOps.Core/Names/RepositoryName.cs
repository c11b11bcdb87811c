using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Names;

/// <summary>A GitHub repository, <c>owner/name</c>. Compared without case, as GitHub does.</summary>
public sealed partial record RepositoryName
{
    private RepositoryName(string owner, string name) => (Owner, Name) = (owner, name);

    public string Owner { get; }

    public string Name { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out RepositoryName? name)
    {
        name = text is not null && Pattern().Match(text) is { Success: true } m ? new(m.Groups[1].Value, m.Groups[2].Value) : null;
        return name is not null;
    }

    /// <exception cref="FormatException">The text is not <c>owner/name</c>.</exception>
    public static RepositoryName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a repository: owner/name is expected.");

    public bool Equals(RepositoryName? other) =>
        other is not null && string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    public override string ToString() => $"{Owner}/{Name}";

    // A name of dots alone would walk up a path.
    [GeneratedRegex(@"^([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))/((?!\.{1,2}$)[A-Za-z0-9._-]{1,100})$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
