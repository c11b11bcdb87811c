using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Barcelona.GitOps.Sandbox.GitHub.Access;

internal sealed class InstallationTokens(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, InstallationToken> _tokens = new(StringComparer.Ordinal);

    public InstallationToken Issue(
        SandboxInstallation installation, IReadOnlyList<SandboxRepository>? repositories, IReadOnlyDictionary<string, string> permissions)
    {
        var value = $"ghs_{RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 36)}";
        return _tokens[value] = new InstallationToken(value, installation, clock.GetUtcNow() + Life)
        {
            Repositories = repositories,
            Permissions = permissions,
        };
    }

    /// <summary>Null for a token that was never issued, is revoked or has expired.</summary>
    public InstallationToken? Find(string value) =>
        _tokens.TryGetValue(value, out var token) && token.ExpiresAt > clock.GetUtcNow() ? token : null;

    public void Revoke(InstallationToken token) => _tokens.TryRemove(token.Value, out _);
}
