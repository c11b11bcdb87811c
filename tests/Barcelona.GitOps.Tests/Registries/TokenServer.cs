using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Barcelona.GitOps.Tests.Registries;

/// <summary>
/// Makes tokens that <c>docker-registry</c> takes, for whoever knows the password to read and write.
/// https://distribution.github.io/distribution/spec/auth/jwt/
/// </summary>
internal sealed class TokenServer : IAsyncDisposable
{
    public const string Service = "a-registry", Issuer = "a-test";

    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;
    private readonly string _basic;
    private StrangeRegistry? _server;

    private TokenServer(string username, string password)
    {
        var request = new CertificateRequest("CN=token", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
        _basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"))}";
    }

    public Uri Url => new(_server?.Url ?? new Uri("http://127.0.0.1/"), "token");

    public string CertificatePem => _certificate.ExportCertificatePem();

    public static async Task<TokenServer> StartAsync(string username, string password)
    {
        var tokens = new TokenServer(username, password);
        tokens._server = await StrangeRegistry.StartAsync(tokens.AnswerAsync);
        return tokens;
    }

    /// <param name="actions">pull, push.</param>
    public string Token(string repository, params string[] actions)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = new { typ = "JWT", alg = "RS256", x5c = new[] { Convert.ToBase64String(_certificate.RawData) } };
        var claims = new
        {
            iss = Issuer,
            sub = "",
            aud = Service,
            exp = now + 300,
            nbf = now - 30,
            iat = now,
            jti = Guid.NewGuid().ToString("N"),
            access = new[] { new { type = "repository", name = repository, actions } },
        };
        var signed = $"{Encoded(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encoded(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Encoded(_key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }

        _certificate.Dispose();
        _key.Dispose();
    }

    /// <summary>Whoever shows nothing gets a token for nothing, as on Docker Hub.</summary>
    private async Task AnswerAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.Length > 0 && authorization != _basic)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var scope = context.Request.Query["scope"].ToString().Split(':');
        await context.Response.WriteAsJsonAsync(new { token = Token(scope[1], authorization.Length > 0 ? ["pull"] : []) });
    }

    private static string Encoded(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
