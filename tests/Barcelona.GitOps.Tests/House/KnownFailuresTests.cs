using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Tests.House;

/// <summary>docs/known-failures.md names tests that are there.</summary>
public sealed partial class KnownFailuresTests
{
    [Fact]
    public void Every_row_names_a_test_and_every_test_that_is_named_exists()
    {
        string[] rows = [.. File.ReadLines(Page()).Where(IsRow).Skip(1)];
        var tests = typeof(KnownFailuresTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods().Where(m => m.IsDefined(typeof(FactAttribute), inherit: true)).Select(m => $"{t.Name}.{m.Name}"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(rows.Length > 40, $"only {rows.Length} rows");
        Assert.DoesNotContain(rows, row => Named(row).Length == 0);
        Assert.Empty(rows.SelectMany(Named).Except(tests));
    }

    /// <summary>And no heading among them.</summary>
    private static bool IsRow(string line) => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| **", StringComparison.Ordinal);

    private static string[] Named(string row) => [.. Name().Matches(row).Select(m => m.Groups[1].Value)];

    private static string Page([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? ".", "..", "..", "..", "docs", "known-failures.md"));

    [GeneratedRegex(@"`(\w+\.\w+)`")]
    private static partial Regex Name();
}
