namespace Barcelona.GitOps.Sandbox.GitHub.Access;

/// <summary>What a token may do, and where. No repositories: all of the installation's.</summary>
internal sealed record InstallationToken(string Value, SandboxInstallation Installation, DateTimeOffset ExpiresAt)
{
    public IReadOnlyList<SandboxRepository>? Repositories { get; init; }
    public required IReadOnlyDictionary<string, string> Permissions { get; init; }

    /// <summary>The names of its repositories, or `*` for all.</summary>
    public string Scope => Repositories is null ? "*" : string.Join(',', Repositories.Select(r => r.FullName));

    public bool Covers(SandboxRepository repository) =>
        repository.InstallationId == Installation.Id && (Repositories is null || Repositories.Contains(repository));

    public bool Allows(string permission, bool write) => Permissions.GetValueOrDefault(permission) switch
    {
        "write" or "admin" => true,
        "read" => !write,
        // Whoever has a token may read metadata.
        _ => permission == "metadata" && !write,
    };
}
