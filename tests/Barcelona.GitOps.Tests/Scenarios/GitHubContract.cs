using Barcelona.GitOps.OpenApi;
using Barcelona.GitOps.Sandbox.GitHub.Rest;

namespace Barcelona.GitOps.Tests.Scenarios;

/// <summary>GitHub's own description of its API, held against what the service asked.</summary>
internal static class GitHubContract
{
    private static readonly Lazy<OpenApiContract> Document = new(
        () => OpenApiContract.Load(Path.Combine(AppContext.BaseDirectory, "openapi/github.json")));

    public static IReadOnlyList<string> Violations(IEnumerable<GitHubRequest> requests) => [.. requests
        .Where(r => r.StatusCode is > 0 and < 500)
        .SelectMany(r => Document.Value.Check(new OpenApiExchange
        {
            Method = r.Method,
            Path = r.Path,
            Query = r.Query,
            ContentType = r.ContentType,
            Body = r.Body,
            StatusCode = r.StatusCode,
            ResponseContentType = r.ResponseContentType,
            ResponseBody = r.ResponseBody,
        }))];
}
