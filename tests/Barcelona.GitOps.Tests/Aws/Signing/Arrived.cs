using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Barcelona.GitOps.Tests.Aws.Signing;

/// <summary>A signed request as a server sees it.</summary>
internal sealed record Arrived(string Method, string Path, Dictionary<string, string> Headers, string Body)
{
    public string Date => Headers["x-amz-date"];

    public string Credential => Part("Credential=");

    public string[] SignedHeaders => Part("SignedHeaders=").Split(';');

    public string Signature => Part("Signature=");

    public static async Task<Arrived> OfAsync(HttpRequest request) => new(
        request.Method,
        request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget ?? "",
        request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString(), StringComparer.Ordinal),
        await new StreamReader(request.Body).ReadToEndAsync());

    public string Expected(string secret)
    {
        var scope = Credential[(Credential.IndexOf('/', StringComparison.Ordinal) + 1)..];

        // Every service but S3 encodes the path, which is encoded already, once more.
        var path = string.Join('/', Path.Split('/').Select(Uri.EscapeDataString));
        var headers = string.Concat(SignedHeaders.Select(h => $"{h}:{Headers[h].Trim()}\n"));
        var canonical = $"{Method}\n{path}\n\n{headers}\n{string.Join(';', SignedHeaders)}\n{Hash(Body)}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), Keyed);
        return Convert.ToHexStringLower(
            Keyed(key, string.Create(CultureInfo.InvariantCulture, $"AWS4-HMAC-SHA256\n{Date}\n{scope}\n{Hash(canonical)}")));
    }

    private string Part(string name) => Headers["authorization"].Split(name)[1].Split(',')[0];

    private static byte[] Keyed(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
