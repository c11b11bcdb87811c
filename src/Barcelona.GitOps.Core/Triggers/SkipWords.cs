namespace Barcelona.GitOps.Core.Triggers;

/// <summary>Words in a commit message that keep its push from deploying.</summary>
public static class SkipWords
{
    private static readonly string[] Words = ["[skip deploy]", "[skip ci]"];

    /// <summary>The word that was found, or null.</summary>
    public static string? In(string message) => Array.Find(Words, w => message.Contains(w, StringComparison.OrdinalIgnoreCase));
}
