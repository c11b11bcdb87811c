using System.Runtime.CompilerServices;

namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>The files that people are shown, as they are.</summary>
internal static class Examples
{
    /// <summary>The application's barcelona.yml.</summary>
    public static string Sinatra { get; } = Read("sinatra-demo/barcelona.yml");

    /// <summary>The same for an image that is always called the same, so that a commit can change nothing.</summary>
    public static string SinatraOfOneImage { get; } = Sinatra.Replace("    services:", "    image_tag: stable\n    services:", StringComparison.Ordinal);

    private static string Read(string name) => File.ReadAllText(Path.Combine(Root(), "examples", name));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath("../../../..", Path.GetDirectoryName(here) ?? ".");
}
