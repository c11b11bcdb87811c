namespace Barcelona.GitOps.GitHub.Tokens;

/// <summary>The body of <c>POST /app/installations/{id}/access_tokens</c>.</summary>
/// <param name="Repositories">Names without their owner; absent for all.</param>
internal sealed record TokenRequest(IReadOnlyList<string>? Repositories, IReadOnlyDictionary<string, string> Permissions)
{
    public static TokenRequest For(TokenScope scope) => new(scope.Repository is { } r ? [r.Name] : null, PermissionsFor(scope.Access));

    private static Dictionary<string, string> PermissionsFor(TokenAccess access) => access switch
    {
        TokenAccess.ReadContents => new() { ["contents"] = "read", ["metadata"] = "read" },
        TokenAccess.Deploy => new()
        {
            ["checks"] = "write",
            ["contents"] = "read",
            ["deployments"] = "write",
            ["metadata"] = "read",
            ["pull_requests"] = "read",
            ["statuses"] = "read",
        },
        TokenAccess.ReadMetadata => new() { ["metadata"] = "read" },
        TokenAccess.ReadMembers => new() { ["members"] = "read" },
        _ => throw new ArgumentOutOfRangeException(nameof(access), access, "No permissions are defined for this access."),
    };
}
