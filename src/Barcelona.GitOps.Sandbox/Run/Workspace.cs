namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>
/// Where a run keeps its files. A run that ends by itself uses a temporary directory; one that keeps serving uses `.sandbox` in the
/// current directory, made anew each time, because a person is going to work in it.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private readonly bool _isTemporary;

    private Workspace(string root, bool isTemporary) => (Root, _isTemporary) = (root, isTemporary);

    public string Root { get; }

    /// <summary>The sandbox's bare repositories.</summary>
    public string Repositories => Path.Combine(Root, "github");

    /// <summary>A clone of the application, as a developer has it.</summary>
    public string Application => Path.Combine(Root, "sinatra-demo");

    /// <summary>A clone of the platform repository.</summary>
    public string Platform => Path.Combine(Root, "platform");

    public string Database => Path.Combine(Root, "barcelona.db");

    public string ServiceLog => Path.Combine(Root, "service.log");

    public static Workspace Create(bool isTemporary)
    {
        var root = isTemporary ? Directory.CreateTempSubdirectory("barcelona-run-").FullName : Path.GetFullPath(".sandbox");
        if (!isTemporary && Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        foreach (var part in (string[])["github", "sinatra-demo", "platform"])
            Directory.CreateDirectory(Path.Combine(root, part));
        return new Workspace(root, isTemporary);
    }

    public void Dispose()
    {
        if (_isTemporary && Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }
}
