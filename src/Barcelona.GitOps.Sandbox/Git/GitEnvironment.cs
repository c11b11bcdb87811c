namespace Barcelona.GitOps.Sandbox.Git;

/// <summary>What git must not inherit from whoever starts the sandbox, for example from a git hook.</summary>
internal static class GitEnvironment
{
    private static readonly string[] Foreign =
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_PREFIX"];

    public static void Isolate(IDictionary<string, string?> environment)
    {
        foreach (var name in Foreign)
            environment.Remove(name);
        environment["GIT_TERMINAL_PROMPT"] = "0";
    }
}
