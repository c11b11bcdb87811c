using System.Runtime.CompilerServices;

namespace Barcelona.GitOps.Core.Tests.Golden;

/// <summary>Files of the repository that are made from the code: schemas and references.</summary>
internal static class RepositoryRoot
{
    public static string Of(params ReadOnlySpan<string> parts) => Path.Combine([Root(), .. parts]);

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? ".", "..", "..", ".."));
}
