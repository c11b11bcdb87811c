namespace Barcelona.GitOps.Bench;

internal sealed record BenchOptions
{
    public const string Usage = """
        usage: bench/run [--quick] [--only PART[,PART…]]
          --quick   one round of everything instead of three or more
          --only    core, start, push, trouble, acknowledgements, storm
        """;

    public bool Quick { get; init; }

    /// <summary>Empty: everything.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>barcelona.dll.</summary>
    public required string ServicePath { get; init; }

    public required string ExampleDirectory { get; init; }

    /// <summary>Where probot is installed.</summary>
    public string? ProbotDirectory { get; init; }

    /// <summary>Why it is not.</summary>
    public string ProbotMissing { get; init; } = "probot is not installed";

    /// <summary>Null for a command line that cannot be understood.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>();
        var quick = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--quick")
                quick = true;
            else if (arguments[i] is "--only" or "--service" or "--example" or "--probot" or "--no-probot" && i + 1 < arguments.Count)
                values[arguments[i]] = arguments[++i];
            else
                return null;
        }

        var only = values.GetValueOrDefault("--only", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        return values.TryGetValue("--service", out var service) && values.TryGetValue("--example", out var example)
            && only.All(part => BenchCommand.Parts.Contains(part))
            ? new BenchOptions
            {
                Quick = quick,
                Only = only,
                ServicePath = Path.GetFullPath(service),
                ExampleDirectory = Path.GetFullPath(example),
                ProbotDirectory = values.GetValueOrDefault("--probot") is { } probot ? Path.GetFullPath(probot) : null,
                ProbotMissing = values.GetValueOrDefault("--no-probot", "probot is not installed"),
            }
            : null;
    }

    public int Rounds(int ordinarily) => Quick ? 1 : ordinarily;
}
