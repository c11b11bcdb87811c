namespace Barcelona.GitOps.Sandbox.GitHub;

/// <summary>The App on one account: GitHub has one installation per owner.</summary>
public sealed record SandboxInstallation(long Id, SandboxUser Account, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? SuspendedAt { get; init; }
}
