using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Images;

namespace Barcelona.GitOps.Sandbox.Registry;

/// <summary>Who may ask which registry, and how they show it. https://distribution.github.io/distribution/spec/auth/token/</summary>
internal sealed class RegistryDoor
{
    private readonly ConcurrentDictionary<string, Lock> _locks = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _tokens = new();

    public void RequireBasic(string host, string username, string password) => _locks[host] = new(IsToken: false, Encoded(username, password));

    /// <param name="username">Null: anybody gets a token.</param>
    public void RequireToken(string host, string? username, string password) =>
        _locks[host] = new(IsToken: true, username is null ? null : Encoded(username, password));

    /// <summary>The header with which the question is sent back, or null: come in.</summary>
    public string? Challenge(string host, string authorization, (Uri Url, string Repository) asked)
    {
        if (LockOf(host) is not { } one) return null;
        if (!one.IsToken) return authorization == $"Basic {one.Credentials}" ? null : $"Basic realm=\"{host}\"";
        return authorization.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.GetValueOrDefault(authorization[7..]) == host
            ? null
            : $"Bearer realm=\"{new Uri(asked.Url, $"token/{host}")}\",service=\"{host}\",scope=\"repository:{asked.Repository}:pull\"";
    }

    /// <returns>Null: not with these credentials.</returns>
    public JsonObject? Token(string host, string authorization)
    {
        if (LockOf(host) is { Credentials: { } credentials } && authorization != $"Basic {credentials}") return null;
        var token = Guid.NewGuid().ToString("N");
        _tokens[token] = host;
        return new JsonObject { ["token"] = token, ["expires_in"] = 300 };
    }

    // Amazon's private registries are open to nobody without a token of GetAuthorizationToken.
    private Lock? LockOf(string host) => _locks.TryGetValue(host, out var one) ? one
        : host.Contains(".dkr.ecr.", StringComparison.Ordinal) ? new(IsToken: false, Encoded(EcrApi.Username, EcrApi.Password))
        : null;

    private static string Encoded(string username, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"));

    private sealed record Lock(bool IsToken, string? Credentials);
}
