namespace Barcelona.GitOps.Sandbox.GitHub;

/// <summary>Annotation level: notice, warning or failure.</summary>
public sealed record SandboxAnnotation(string Path, int StartLine, int EndLine, string Level, string Message)
{
    public int? StartColumn { get; init; }
    public int? EndColumn { get; init; }
    public string? Title { get; init; }
    public string? RawDetails { get; init; }
}

public sealed record SandboxCheckAction(string Label, string Description, string Identifier);

/// <summary>A check run as it stands; an update replaces the record and adds to the annotations, as GitHub does.</summary>
public sealed record SandboxCheckRun
{
    public required long Id { get; init; }
    public required long SuiteId { get; init; }
    public required string Name { get; init; }
    public required string HeadSha { get; init; }
    public string? ExternalId { get; init; }
    public string? DetailsUrl { get; init; }
    public string Status { get; init; } = "queued";
    public string? Conclusion { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public string? Title { get; init; }
    public string? Summary { get; init; }
    public string? Text { get; init; }
    public IReadOnlyList<SandboxAnnotation> Annotations { get; init; } = [];
    public IReadOnlyList<SandboxCheckAction> Actions { get; init; } = [];
}

/// <summary>All runs of the App on one commit.</summary>
public sealed record SandboxCheckSuite(long Id, string HeadSha, string? HeadBranch, string? Before)
{
    public required DateTimeOffset CreatedAt { get; init; }
}
