namespace Barcelona.GitOps.OpenApi;

/// <summary>A request and what answered it. Path without the base address, query with its question mark or empty.</summary>
public sealed record OpenApiExchange
{
    public required string Method { get; init; }
    public required string Path { get; init; }
    public string Query { get; init; } = "";
    public string? ContentType { get; init; }
    public string Body { get; init; } = "";

    /// <summary>0: there was no answer.</summary>
    public int StatusCode { get; init; }
    public string? ResponseContentType { get; init; }
    public string ResponseBody { get; init; } = "";

    public override string ToString() => $"{Method} {Path}{Query} {StatusCode}";
}
