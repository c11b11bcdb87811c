using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Barcelona.GitOps.Sandbox.Hosting;
using Octokit;
using Octokit.Internal;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

/// <summary>Talks to the sandbox as an App does: plain HTTP with the App's JWT or a token, and Octokit.</summary>
public sealed class AppClient(SandboxHost host, TimeProvider clock) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { BaseAddress = host.GitHubApiUrl };

    public string Jwt(TimeSpan? life = null, string? issuer = null, RSA? key = null, TimeSpan? age = null)
    {
        using var own = RSA.Create();
        own.ImportFromPem(host.GitHub.AppPrivateKeyPem);
        var now = clock.GetUtcNow() - (age ?? TimeSpan.Zero);
        var header = Encode("""{"alg":"RS256","typ":"JWT"}"""u8);
        var claims = Encode(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["iat"] = now.AddSeconds(-60).ToUnixTimeSeconds(),
            ["exp"] = (now + (life ?? TimeSpan.FromMinutes(9))).ToUnixTimeSeconds(),
            ["iss"] = issuer ?? "4711",
        }));
        var signature = (key ?? own).SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{header}.{claims}.{Encode(signature)}";
    }

    public Task<HttpResponseMessage> AsAppAsync(HttpMethod method, string path, object? body = null) => SendAsync(method, path, Jwt(), body);

    /// <summary>A token for one repository, with all permissions or the given ones.</summary>
    public async Task<string> TokenAsync(string repository = "shop", object? permissions = null)
    {
        object body = permissions is null ? new { repositories = new[] { repository } } : new { repositories = new[] { repository }, permissions };
        using var response = await AsAppAsync(HttpMethod.Post, $"app/installations/{host.GitHub.InstallationId}/access_tokens", body);
        return (await JsonAsync(response)).GetProperty("token").GetString() ?? "";
    }

    public Task<HttpResponseMessage> PostAsync(string path, string token, object body) => SendAsync(HttpMethod.Post, path, token, body);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string credential, object? body = null, string? accept = null, string? etag = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        request.Headers.Accept.ParseAdd(accept ?? "application/vnd.github+json");
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> GetAsync(string path, string token)
    {
        using var response = await SendAsync(HttpMethod.Get, path, token);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return await JsonAsync(response);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    /// <summary>Octokit as it has to be set up for another host: base address as given, JSON called JSON.</summary>
    public GitHubClient Octokit(string credential) => new(new Connection(new Octokit.ProductHeaderValue("tests"), host.GitHubApiUrl,
        new InMemoryCredentialStore(new Credentials(credential, AuthenticationType.Bearer)),
        new HttpClientAdapter(() => new JsonContentType { InnerHandler = new SocketsHttpHandler() }), new SimpleJsonSerializer()));

    public void Dispose() => _http.Dispose();

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private sealed class JsonContentType : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content?.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
