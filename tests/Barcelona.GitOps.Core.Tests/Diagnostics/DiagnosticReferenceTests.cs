using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Tests.Golden;

namespace Barcelona.GitOps.Core.Tests.Diagnostics;

public sealed partial class DiagnosticReferenceTests
{
    private static readonly List<DiagnosticKind> Kinds = [.. typeof(DiagnosticKind).Assembly.GetTypes()
        .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(f => f.FieldType == typeof(DiagnosticKind))
        .Select(f => f.GetValue(null)).OfType<DiagnosticKind>()
        .OrderBy(k => k.Code, StringComparer.Ordinal)];

    [Fact]
    public void Codes_are_unique_and_well_formed()
    {
        Assert.NotEmpty(Kinds);
        Assert.Empty(Kinds.GroupBy(k => k.Code).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(Kinds, k => Assert.Matches(Code(), k.Code));
    }

    [Fact]
    public void Every_code_is_made_by_one_factory()
    {
        var factories = typeof(DiagnosticKind).Assembly.GetTypes()
            .Where(t => t.Name.EndsWith("Diagnostics", StringComparison.Ordinal) && t is { IsAbstract: true, IsSealed: true });
        foreach (var type in factories)
        {
            var kinds = type.GetFields(BindingFlags.Static | BindingFlags.NonPublic).Count(f => f.FieldType == typeof(DiagnosticKind));
            var methods = type.GetMethods(BindingFlags.Static | BindingFlags.Public).Count(m => m.ReturnType == typeof(Diagnostic));
            Assert.True(kinds == methods, $"{type.Name} has {kinds} kinds and {methods} factories");
        }
    }

    [Fact]
    public void The_reference_lists_every_code()
    {
        var text = new StringBuilder("""
            # Diagnostics

            Everything that can be wrong with a file, or with a push that asks for a deploy, has a code. Errors keep the file from being deployed;
            warnings and information do not. This page is written from the code: `BARCELONA_ACCEPT=1 dotnet test --project tests/Barcelona.GitOps.Core.Tests`.

            | code | severity | what | why, and what to do |
            |---|---|---|---|

            """);
        foreach (var kind in Kinds)
        {
            text.Append($"| {kind.Code} | {kind.Severity.ToString().ToLowerInvariant()} | {kind.Title} | {Escaped(kind.Explanation)} |\n");
        }

        GoldenFile.Matches(RepositoryRoot.Of("docs", "diagnostics.md"), text.ToString());
    }

    // In code spans everything is literal already.
    private static string Escaped(string text) => string.Join('`', text.Replace("|", "\\|", StringComparison.Ordinal).Split('`')
        .Select((part, i) => i % 2 == 0 ? part.Replace("<", "\\<", StringComparison.Ordinal) : part));

    [GeneratedRegex(@"\ABCN[0-9]{3}\z")]
    private static partial Regex Code();
}
