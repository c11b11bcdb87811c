using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Aws.Images;

/// <summary>
/// The one question that is asked of ECR's own API: with what are its registries of a region asked? What is in them is read as in any registry.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
/// </summary>
/// <param name="endpoint">Null: the public one of the region.</param>
public sealed class RegistryTokenService(AWSCredentials credentials, HttpClient http, Uri? endpoint)
{
    private const string Target = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken";

    private static readonly byte[] Body = "{}"u8.ToArray();

    /// <param name="region">The registry's, which need not be the district's.</param>
    /// <exception cref="AwsUnavailableException">ECR does not answer.</exception>
    /// <exception cref="AwsDeniedException">The credentials lack the permission.</exception>
    public async Task<RegistryLogin> GetAuthorizationTokenAsync(string region, CancellationToken cancellationToken) =>
        Read(await AnswerAsync(region, cancellationToken).Translated(cancellationToken));

    /// <summary>https://docs.aws.amazon.com/general/latest/gr/ecr.html</summary>
    internal static Uri Public(string region) =>
        new($"https://api.ecr.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}");

    private Task<string> AnswerAsync(string region, CancellationToken cancellationToken) => new SignedCall(credentials, http, ErrorOf).PostAsync(
        ("ecr", region, endpoint ?? Public(region)),
        (Body, new() { ["X-Amz-Target"] = Target, ["Content-Type"] = "application/x-amz-json-1.1" }),
        cancellationToken);

    /// <summary>As the SDK's clients throw it, so that it is told apart where all others are.</summary>
    private static AmazonServiceException ErrorOf(HttpStatusCode status, string text)
    {
        var type = status >= HttpStatusCode.InternalServerError ? ErrorType.Receiver : ErrorType.Sender;
        try
        {
            using var error = JsonDocument.Parse(text);
            var code = Value(error.RootElement, "__type");
            return new(Value(error.RootElement, "message"), type, code[(code.LastIndexOf('#') + 1)..], requestId: "", status);
        }
        catch (JsonException)
        {
            // Something on the way answered in ECR's place.
            return new(text, type, "", "", status);
        }
    }

    private static RegistryLogin Read(string json)
    {
        using var answer = JsonDocument.Parse(json);
        var token = Value(answer.RootElement.GetProperty("authorizationData")[0], "authorizationToken");
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(token)).Split(':', 2);
        return new(pair[0], pair[1], "the district's role");
    }

    private static string Value(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) || from.TryGetProperty(char.ToUpperInvariant(name[0]) + name[1..], out value)
            ? value.GetString() ?? ""
            : "";
}
