using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.GitHub.Tokens;

/// <summary>
/// The App's own token: a JWT signed with its private key
/// (https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app).
/// </summary>
internal sealed class AppJwt(IOptions<GitHubOptions> options, TimeProvider time) : IDisposable
{
    // GitHub takes ten minutes at most, and both clocks may be off.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(9), Backdated = TimeSpan.FromSeconds(60), Renewal = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly Lazy<RSA> _key = new(() => options.Value.ReadKey());
    private (string Token, DateTimeOffset ExpiresAt)? _current;

    public string Get()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_current is not { } current || current.ExpiresAt - now < Renewal)
            {
                _current = current = (Create(now), now + Lifetime);
            }

            return current.Token;
        }
    }

    public void Discard()
    {
        lock (_lock)
        {
            _current = null;
        }
    }

    public void Dispose()
    {
        if (_key.IsValueCreated)
        {
            _key.Value.Dispose();
        }
    }

    private string Create(DateTimeOffset now)
    {
        var claims = new { iat = (now - Backdated).ToUnixTimeSeconds(), exp = (now + Lifetime).ToUnixTimeSeconds(), iss = options.Value.AppId };
        var header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);
        var text = $"{header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var signature = _key.Value.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }
}
