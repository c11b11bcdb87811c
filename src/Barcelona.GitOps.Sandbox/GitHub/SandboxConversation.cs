namespace Barcelona.GitOps.Sandbox.GitHub;

/// <summary>A comment on an issue or pull request.</summary>
public sealed record SandboxComment
{
    public required long Id { get; init; }
    public required int Number { get; init; }
    public required SandboxUser Author { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public IReadOnlyList<SandboxReaction> Reactions { get; init; } = [];
}

/// <summary>Content is GitHub's word: +1, -1, laugh, confused, heart, hooray, rocket, eyes.</summary>
public sealed record SandboxReaction(long Id, string Content, SandboxUser Author, DateTimeOffset CreatedAt);

/// <summary>Head and base are branch names; the head lies in <see cref="HeadRepository"/>, which for a fork is another repository.</summary>
public sealed record SandboxPullRequest
{
    public required long Id { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required SandboxUser Author { get; init; }
    public required SandboxRepository HeadRepository { get; init; }
    public required string HeadBranch { get; init; }
    public required string HeadSha { get; init; }
    public required string BaseBranch { get; init; }
    public required string BaseSha { get; init; }
    public string State { get; init; } = "open";
    public string? MergeCommitSha { get; init; }
    public SandboxUser? MergedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    public bool Merged => MergedBy is not null;
}

/// <summary>A commit status by some other tool, such as a CI. State: error, failure, pending or success.</summary>
public sealed record SandboxCommitStatus(long Id, string Sha, string Context, string State)
{
    public string? Description { get; init; }
    public string? TargetUrl { get; init; }
    public required SandboxUser Creator { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
