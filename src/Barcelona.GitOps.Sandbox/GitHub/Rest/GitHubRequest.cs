namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

/// <summary>One REST request as it came in and was answered.</summary>
public sealed record GitHubRequest
{
    public required DateTimeOffset At { get; init; }
    public required string Method { get; init; }

    /// <summary>As GitHub's reference has it: `/repos/acme/shop/check-runs`.</summary>
    public required string Path { get; init; }

    /// <summary>With its question mark, or empty.</summary>
    public required string Query { get; init; }
    public string? ContentType { get; init; }
    public required string Body { get; init; }

    /// <summary>0: the connection was dropped.</summary>
    public int StatusCode { get; init; }
    public string? ResponseContentType { get; init; }
    public string ResponseBody { get; init; } = "";

    /// <summary>The repositories that the token was narrowed to, comma-separated; `*` for all of an installation, none for the App itself.</summary>
    public string? TokenRepository { get; init; }
    public IReadOnlyDictionary<string, string> TokenPermissions { get; init; } = new Dictionary<string, string>();

    /// <summary>Asking for a token changes nothing that anybody sees.</summary>
    public bool IsWrite => Method is not ("GET" or "HEAD") && !Path.EndsWith("/access_tokens", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Path}{Query} {StatusCode}";
}
