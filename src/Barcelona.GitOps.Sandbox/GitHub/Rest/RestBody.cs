using System.Text.Json;

namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

/// <summary>The JSON object of a request; none counts as empty.</summary>
internal sealed class RestBody(JsonElement root)
{
    public bool Has(string name) => Find(name) is not null;

    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public bool? Flag(string name) => Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    public int? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt32() : null;

    public DateTimeOffset? Time(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetDateTimeOffset() : null;

    public RestBody? Object(string name) => Find(name) is { ValueKind: JsonValueKind.Object } value ? new RestBody(value) : null;

    /// <summary>Null where the array is absent, which is not the same as an empty one.</summary>
    public IReadOnlyList<JsonElement>? Array(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()] : null;

    public JsonElement? Find(string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public IEnumerable<JsonProperty> Properties => root.ValueKind == JsonValueKind.Object ? root.EnumerateObject() : [];
}
