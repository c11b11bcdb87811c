using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Barcelona.GitOps.Tests.Registries;

/// <summary>Debian's <c>docker-registry</c> on a free port of the loopback, with an empty folder of its own.</summary>
internal sealed class DebianRegistry : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("barcelona-registry-");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private Process? _process;

    /// <summary>Why there is none here, or null.</summary>
    public static string? Missing => Binary is null ? "docker-registry is not on PATH (apt-get install docker-registry)." : null;

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePort()}/");

    public string Folder => _folder.FullName;

    private static string? Binary => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "docker-registry")).FirstOrDefault(File.Exists);

    /// <param name="auth">The section <c>auth</c> of its configuration; empty: open to all.</param>
    public async Task StartAsync(string auth, CancellationToken cancellationToken)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var configuration = Path.Combine(Folder, "config.yml");
        await File.WriteAllTextAsync(configuration, $$$"""
            version: 0.1
            log: {level: error}
            storage: {filesystem: {rootdirectory: {{{Folder}}}}}
            http: {addr: "127.0.0.1:{{{Url.Port}}}"}
            {{{auth}}}
            """, cancellationToken);
        _process = Process.Start(new ProcessStartInfo(Binary ?? "", ["serve", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("docker-registry did not start.");
        _ = _process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = _process.StandardError.ReadToEndAsync(cancellationToken);
        while (!await AnswersAsync(cancellationToken))
        {
            Assert.False(_process.HasExited, _process.HasExited ? await errors : "");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Pushes an index of one empty image, by plain calls.</summary>
    /// <returns>The index's digest.</returns>
    public async Task<string> PushAsync(string repository, string tag, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        const string Config = """{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}""";
        await PushBlobAsync(repository, Config, authorization, cancellationToken);
        var manifest = $$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{DigestOf(Config)}}","size":{{Config.Length}}},"layers":[]}
            """;
        await PutAsync(
            $"v2/{repository}/manifests/{DigestOf(manifest)}",
            manifest,
            ("application/vnd.oci.image.manifest.v1+json", authorization),
            cancellationToken);
        var index = $$$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
             {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{DigestOf(manifest)}}}","size":{{{manifest.Length}}},
              "platform":{"architecture":"amd64","os":"linux"}}]}
            """;
        await PutAsync($"v2/{repository}/manifests/{tag}", index, ("application/vnd.oci.image.index.v1+json", authorization), cancellationToken);
        return DigestOf(index);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task PushBlobAsync(string repository, string blob, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        using var begin = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, $"v2/{repository}/blobs/uploads/"));
        begin.Headers.Authorization = authorization;
        using var begun = await _http.SendAsync(begin, cancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        var location = new Uri(Url, begun.Headers.Location ?? Url).AbsoluteUri;
        await PutAsync(
            $"{location}{(location.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={Uri.EscapeDataString(DigestOf(blob))}",
            blob, ("application/octet-stream", authorization), cancellationToken);
    }

    private async Task PutAsync(
        string url, string body, (string Type, AuthenticationHeaderValue? Authorization) how, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Url, url));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new(how.Type);
        request.Headers.Authorization = how.Authorization;
        using var response = await _http.SendAsync(request, cancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(Url, "v2/"), cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string DigestOf(string content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
