using Barcelona.GitOps.Sandbox.GitHub.Access;

namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

/// <summary>Who calls: the App, an installation's token, or nobody with the reason why.</summary>
internal sealed record RestCaller(string Key)
{
    public InstallationToken? Token { get; init; }
    public string? Refusal { get; init; }
}

/// <summary>Lets callers in. Nothing here is public: a request without a token is refused, where GitHub would show public data.</summary>
internal sealed class RestGate(SandboxGitHub github, AppJwt jwt)
{
    private const string NotForIntegrations = "Resource not accessible by integration";

    public RestCaller Identify(string authorization)
    {
        if (authorization.Split(' ', 2) is not [var scheme, var credential] || scheme.ToUpperInvariant() is not ("BEARER" or "TOKEN"))
            return new RestCaller("anonymous") { Refusal = "Requires authentication" };
        // A JWT has two dots; an installation token has none.
        if (credential.Contains('.', StringComparison.Ordinal))
            return new RestCaller("app") { Refusal = jwt.Refuse(credential) };
        return github.Tokens.Find(credential) is { } token
            ? new RestCaller($"installation ID {token.Installation.Id}") { Token = token }
            : new RestCaller("anonymous") { Refusal = "Bad credentials" };
    }

    /// <summary>Null: let in, with repository and token set on the call.</summary>
    public RestAnswer? Refuse(RestAccess access, RestCall call, RestCaller caller, IReadOnlyDictionary<string, string> values)
    {
        if (caller.Token is { } known)
            call.Token = known;
        if (values.ContainsKey("repo"))
        {
            if (github.FindRepository(call.Route("owner"), call.Route("repo")) is not { } repository)
                return RestAnswer.NotFound;
            call.Repository = repository;
        }
        return access switch
        {
            RestAccess.Anyone => null,
            RestAccess.App => caller.Token is null ? null : RestAnswer.Refused(401, "A JSON web token could not be decoded"),
            RestAccess.Token needed => caller.Token is { } token ? Refuse(needed, token, values.ContainsKey("repo") ? call.Repository : null)
                : RestAnswer.Refused(403, NotForIntegrations),
            _ => throw new InvalidOperationException($"{access} is not known here."),
        };
    }

    private static RestAnswer? Refuse(RestAccess.Token needed, InstallationToken token, SandboxRepository? repository)
    {
        // A private repository outside a token's reach does not exist for it.
        if (repository is { } target && !token.Covers(target))
            return target.Private ? RestAnswer.NotFound : RestAnswer.Refused(403, NotForIntegrations);
        return needed.AnyOf.Any(p => token.Allows(p, needed.Write)) ? null : RestAnswer.Refused(403, NotForIntegrations);
    }
}
