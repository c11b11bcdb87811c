using System.Runtime.CompilerServices;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>A page of docs/ that is written from the tests. BARCELONA_ACCEPT=1 writes it.</summary>
internal static class DocsPage
{
    /// <param name="agrees">Whether a line, given first, is what the page's line stands for; null: they must be the same.</param>
    public static void Matches(string name, string text, Func<string, string, bool>? agrees = null, [CallerFilePath] string here = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? ".", "../../../../docs", name));
        if (Environment.GetEnvironmentVariable("BARCELONA_ACCEPT") == "1")
        {
            File.WriteAllText(path, text);
        }

        var page = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        var (saw, said) = (text.Split('\n'), page.Split('\n'));
        if (agrees is null || saw.Length != said.Length || !saw.Zip(said).All(l => l.First == l.Second || agrees(l.First, l.Second)))
        {
            Assert.Equal(page, text);
        }
    }
}
