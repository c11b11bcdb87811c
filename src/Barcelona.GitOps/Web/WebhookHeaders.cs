using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Net.Http.Headers;

namespace Barcelona.GitOps.Web;

/// <summary>What a delivery's headers say: present, and too short to do harm in a log line or a key.</summary>
/// <param name="Event">At most 64 characters of A-Z, a-z, 0-9, <c>_</c>, <c>-</c>.</param>
/// <param name="DeliveryId">The same; GitHub sends a UUID.</param>
/// <param name="Signature"><c>sha256=…</c>, unchecked; null when there is none.</param>
internal sealed record WebhookHeaders(string Event, string DeliveryId, string? Signature)
{
    private const int MaxNameLength = 64;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <returns>False when a header is missing, repeated or malformed, or when the body is not announced as JSON.</returns>
    public static bool TryRead(IHeaderDictionary headers, [NotNullWhen(true)] out WebhookHeaders? result)
    {
        result = TryName(headers, "X-GitHub-Event", out var name) && TryName(headers, "X-GitHub-Delivery", out var id) && IsJson(headers.ContentType)
            ? new(name, id, headers["X-Hub-Signature-256"] is [{ } signature] ? signature : null)
            : null;
        return result is not null;
    }

    private static bool TryName(IHeaderDictionary headers, string header, [NotNullWhen(true)] out string? value)
    {
        value = headers[header] is [{ Length: > 0 and <= MaxNameLength } one] && !one.AsSpan().ContainsAnyExcept(NameCharacters) ? one : null;
        return value is not null;
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
