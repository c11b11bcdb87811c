using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Tests.Golden;

namespace Barcelona.GitOps.Core.Tests.House;

/// <summary>A source file as its text has it: what the rules of the house are checked on.</summary>
/// <param name="Path">From the repository's root, with slashes.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    private static readonly string[] Roots = ["src", "tests", "bench"];

    public string Folder => Path[..Path.LastIndexOf('/')];

    public int Lines => Text.AsSpan().Count('\n');

    public string? Namespace => NamespaceLine().Match(Text) is { Success: true } match ? match.Groups[1].Value : null;

    public IEnumerable<string> Usings => UsingLine().Matches(Text).Select(m => m.Groups[1].Value);

    /// <summary>All C# files that are in git, and those that are about to be.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Roots.SelectMany(root => Directory.EnumerateFiles(RepositoryRoot.Of(root), "*.cs", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(RepositoryRoot.Of(), file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "node_modules"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(RepositoryRoot.Of(path)))),
    ];

    public static IEnumerable<SourceFile> Below(string folder) => All.Where(f => f.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    public bool IsBelow(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary><c>path:line: text</c> of each line that matches; comments are not code.</summary>
    public IEnumerable<string> LinesWith(Regex pattern) => Text.Split('\n').Index()
        .Where(l => !l.Item.TrimStart().StartsWith("//", StringComparison.Ordinal) && pattern.IsMatch(l.Item))
        .Select(l => $"{Path}:{l.Index + 1}: {l.Item.Trim()}");

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
