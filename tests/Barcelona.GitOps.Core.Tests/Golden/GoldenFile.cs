using System.Runtime.CompilerServices;
using System.Text;

namespace Barcelona.GitOps.Core.Tests.Golden;

/// <summary>Expected results that lie beside their inputs. Set BARCELONA_ACCEPT=1 to rewrite them all with what the code says now.</summary>
internal static class GoldenFile
{
    public const string AcceptVariable = "BARCELONA_ACCEPT";

    /// <summary>A folder beside the test's source file.</summary>
    public static string Folder(string name, [CallerFilePath] string testFile = "") => Path.Combine(Path.GetDirectoryName(testFile) ?? ".", name);

    public static void Matches(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (expected != actual)
        {
            Assert.Fail($"{Path.GetFileName(path)} is not what the code says now:\n{Diff(expected, actual)}\n"
                + $"If that is intended: {AcceptVariable}=1 dotnet test --project tests/Barcelona.GitOps.Core.Tests");
        }
    }

    /// <summary>The lines between the common beginning and the common end.</summary>
    private static string Diff(string expected, string actual)
    {
        var (before, after) = (expected.Split('\n'), actual.Split('\n'));
        var start = before.Zip(after).TakeWhile(p => p.First == p.Second).Count();
        var end = before.Skip(start).Reverse().Zip(after.Skip(start).Reverse()).TakeWhile(p => p.First == p.Second).Count();
        var text = new StringBuilder().AppendLine($"  (from line {start + 1})");
        foreach (var line in before[start..^end])
        {
            text.AppendLine("- " + line);
        }

        foreach (var line in after[start..^end])
        {
            text.AppendLine("+ " + line);
        }

        return text.ToString();
    }
}
