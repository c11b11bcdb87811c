namespace Barcelona.GitOps.Sandbox.GitHub;

/// <summary>Type is GitHub's: User, Organization or Bot. Token is what the user may push with.</summary>
public sealed record SandboxUser(long Id, string Login, string Type)
{
    public required string Token { get; init; }
}
