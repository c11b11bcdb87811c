namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>The command line of `barcelona-sandbox run`.</summary>
internal sealed record RunOptions
{
    public const string Usage = """
        usage: barcelona-sandbox run --service BARCELONA_DLL --platform DIRECTORY --example DIRECTORY [--once]

        Starts a GitHub and an empty AWS account on loopback with the service beside them, pushes a district and the example application by git,
        and shows how both come to life.
          --service BARCELONA_DLL   the built service
          --platform DIRECTORY      the platform repository: districts/*.yml
          --example DIRECTORY       the application to deploy
          --once                    end after the first deploy: 0 for success, 1 for anything else
        """;

    public bool Once { get; init; }

    public required string ServicePath { get; init; }

    public required string PlatformDirectory { get; init; }

    public required string ExampleDirectory { get; init; }

    /// <summary>Null for a command line that cannot be understood.</summary>
    public static RunOptions? Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>();
        var once = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--once")
                once = true;
            else if (arguments[i] is "--service" or "--platform" or "--example" && i + 1 < arguments.Count)
                values[arguments[i]] = Path.GetFullPath(arguments[++i]);
            else
                return null;
        }
        return values.TryGetValue("--service", out var service) && values.TryGetValue("--platform", out var platform)
            && values.TryGetValue("--example", out var example)
            ? new RunOptions { Once = once, ServicePath = service, PlatformDirectory = platform, ExampleDirectory = example }
            : null;
    }
}
