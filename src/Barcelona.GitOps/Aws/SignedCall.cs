using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using Amazon.SecurityToken;

namespace Barcelona.GitOps.Aws;

/// <summary>One call to a service of which nothing else is asked: signed by the SDK, sent without a client of its own.</summary>
internal sealed class SignedCall(AWSCredentials credentials, HttpClient http, Func<HttpStatusCode, string, AmazonServiceException> errorOf)
{
    /// <param name="content">The body, and what is said of it: <c>Content-Type</c> and whatever else is signed with it.</param>
    /// <returns>The body of an answer that says yes.</returns>
    /// <exception cref="AmazonServiceException">Any other answer.</exception>
    public async Task<string> PostAsync(
        (string Service, string Region, Uri Url) to, (byte[] Body, Dictionary<string, string> Headers) content, CancellationToken cancellationToken)
    {
        var request = new DefaultRequest(new Anything(), to.Service)
        {
            HttpMethod = "POST",
            Endpoint = to.Url,
            ResourcePath = "/",
            AuthenticationRegion = to.Region,
            OverrideSigningServiceName = to.Service,
            Content = content.Body,
        };
        foreach (var (name, value) in content.Headers)
        {
            request.Headers[name] = value;
        }

        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(to.Url, "/")) { Content = new ByteArrayContent(content.Body) };
        message.Content.Headers.ContentType = new(content.Headers["Content-Type"]);
        return await SendAsync(request, message, cancellationToken);
    }

    /// <param name="request">What is signed.</param>
    /// <param name="message">The same as it is sent; gets the headers that the signature is about.</param>
    /// <returns>The body of an answer that says yes.</returns>
    /// <exception cref="AmazonServiceException">Any other answer.</exception>
    public async Task<string> SendAsync(IRequest request, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var keys = await credentials.GetCredentialsAsync();
        if (keys.UseToken)
        {
            request.Headers["X-Amz-Security-Token"] = keys.Token;
        }

        var signature = new AWS4Signer().SignRequest(
            request, new AmazonSecurityTokenServiceConfig(), new RequestMetrics(), keys.AccessKey, keys.SecretKey);
        foreach (var (name, value) in request.Headers.Append(new("Authorization", signature.ForAuthorizationHeader)))
        {
            // That one is the content's own.
            if (!name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await http.SendAsync(message, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? text : throw errorOf(response.StatusCode, text);
    }

    private sealed class Anything : AmazonWebServiceRequest;
}
