using System.Runtime.CompilerServices;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>A page of docs/ that is written from the tests. BARCELONA_ACCEPT=1 writes it.</summary>
internal static class DocsPage
{
    public static void Matches(string name, string text, [CallerFilePath] string here = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? ".", "../../../../docs", name));
        if (Environment.GetEnvironmentVariable("BARCELONA_ACCEPT") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "", text);
    }
}
