using Barcelona.GitOps.OpenApi;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

public sealed class OpenApiContractTests
{
    private static readonly OpenApiContract Contract = OpenApiContract.Load(Path.Combine(AppContext.BaseDirectory, "openapi/github.json"));

    [Theory]
    [InlineData("GET", "/repos/a/b/deployments?environment=production&per_page=100", "")]
    [InlineData("GET", "/repos/a/b/git/ref/heads/feature/x", "")]
    [InlineData("GET", "/repos/a/b/contents/dir/barcelona.yml?ref=abc", "")]
    [InlineData("POST", "/repos/a/b/check-runs", """{"name":"x","head_sha":"y","status":"queued","started_at":"2026-11-23T12:36:34Z"}""")]
    [InlineData("POST", "/repos/a/b/deployments", """{"ref":"abc","auto_merge":false,"required_contexts":[],"payload":{"delivery":"x"}}""")]
    [InlineData("POST", "/app/installations/5/access_tokens", """{"repositories":["b"],"permissions":{"contents":"read","checks":"write"}}""")]
    public void A_request_as_GitHub_describes_it_is_accepted(string method, string path, string body) => Assert.Empty(Check(method, path, body));

    [Theory]
    [InlineData("POST", "/repos/a/b/check-runs", """{"name":"x"}""", "head_sha is missing")]
    [InlineData("POST", "/repos/a/b/check-runs", """{"name":"x","head_sha":"a","output":{"title":"t"}}""", "summary is missing")]
    [InlineData("PATCH", "/repos/a/b/check-runs/1",
        """{"actions":[{"label":"a label of 21 letters","description":"d","identifier":"i"}]}""", "longer than 20")]
    [InlineData("POST", "/repos/a/b/deployments/1/statuses", """{"state":"bogus"}""", "is none of")]
    [InlineData("POST", "/repos/a/b/deployments/1/statuses", """{"state":"success","colour":"red"}""", "colour is not described")]
    [InlineData("GET", "/repos/a/b/deployments?env=production", "", "unknown query parameter env")]
    [InlineData("GET", "/repos/a/b/git/refs/heads/main", "", "no such operation")]
    [InlineData("POST", "/repos/a/b/issues/comments/5/reactions", """{"content":"thumbsup"}""", "is none of")]
    public void A_request_that_GitHub_does_not_describe_is_a_breach(string method, string path, string body, string expected) =>
        Assert.Contains(expected, Assert.Single(Check(method, path, body)), StringComparison.Ordinal);

    [Fact]
    public void JSON_that_is_not_called_JSON_is_a_breach() =>
        Assert.Contains("content type", Assert.Single(Contract.Check(Exchange("POST", "/repos/a/b/check-runs", """{"name":"x","head_sha":"y"}""") with
        {
            ContentType = "application/x-www-form-urlencoded",
        })), StringComparison.Ordinal);

    [Fact]
    public void An_answer_without_a_required_property_is_a_breach() =>
        Assert.Contains(Contract.Check(Exchange("GET", "/repos/a/b/git/ref/heads/main", "") with
        {
            StatusCode = 200,
            ResponseContentType = "application/json; charset=utf-8",
            ResponseBody = """{"ref":"refs/heads/main","node_id":"x","url":"http://x"}""",
        }), p => p.EndsWith("$: object is missing", StringComparison.Ordinal));

    private static IReadOnlyList<string> Check(string method, string path, string body) => Contract.Check(Exchange(method, path, body));

    private static OpenApiExchange Exchange(string method, string path, string body) => new()
    {
        Method = method,
        Path = path.Split('?')[0],
        Query = path.Split('?') is [_, var query] ? $"?{query}" : "",
        ContentType = "application/json",
        Body = body,
    };
}
