using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Barcelona.GitOps.Web;

namespace Barcelona.GitOps.Tests.Web;

/// <summary>Webhooks as GitHub sends them.</summary>
internal static class SignedPush
{
    public static byte[] Body { get; } = Encoding.UTF8.GetBytes("""{"ref":"refs/heads/main","repository":{"full_name":"acme/shop"}}""");

    public static string Sign(byte[] body, string secret = IntakeHost.Secret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";

    /// <summary>A signed push; the test takes away or changes what it is about.</summary>
    public static HttpRequestMessage Request(byte[]? body = null, string delivery = "d-1", string secret = IntakeHost.Secret)
    {
        var bytes = body ?? Body;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(WebhookEndpoint.Path, UriKind.Relative));
        request.Content = new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GitHub-Event", "push");
        request.Headers.Add("X-GitHub-Delivery", delivery);
        request.Headers.Add("X-Hub-Signature-256", Sign(bytes, secret));
        return request;
    }
}
