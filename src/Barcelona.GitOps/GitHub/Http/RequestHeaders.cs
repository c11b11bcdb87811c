namespace Barcelona.GitOps.GitHub.Http;

/// <summary>
/// The headers that Octokit gets wrong or leaves out: it posts JSON as <c>application/x-www-form-urlencoded</c> and names no version of the API.
/// </summary>
internal sealed class RequestHeaders : DelegatingHandler
{
    public const string ApiVersion = "2022-11-28";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("X-GitHub-Api-Version", ApiVersion);
        if (request.Content?.Headers.ContentType is { MediaType: "application/x-www-form-urlencoded" } type)
        {
            type.MediaType = "application/json";
        }

        return base.SendAsync(request, cancellationToken);
    }
}
