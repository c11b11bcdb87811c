namespace AwsClients.Tests;

/// <summary>A request as it left the SDK's pipeline: signed, with its body.</summary>
internal sealed record SentRequest(string Method, Uri? Url, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static async Task<SentRequest> FromAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers
            .Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new SentRequest(request.Method.Method, request.RequestUri, headers, body);
    }

    /// <summary>The form fields of a query request.</summary>
    public IReadOnlyDictionary<string, string> Fields() => Body
        .Split('&')
        .Select(field => field.Split('=', 2))
        .ToDictionary(field => Uri.UnescapeDataString(field[0]), field => Uri.UnescapeDataString(field[1]), StringComparer.Ordinal);
}
