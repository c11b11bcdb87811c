namespace Barcelona.GitOps.GitHub.Tokens;

/// <summary>A token for one installation, good for at most an hour.</summary>
public sealed record InstallationToken(Secret Value, DateTimeOffset ExpiresAt);
