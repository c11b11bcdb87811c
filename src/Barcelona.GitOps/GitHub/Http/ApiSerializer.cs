using System.Text.Json;
using System.Text.Json.Serialization;
using Octokit.Internal;

namespace Barcelona.GitOps.GitHub.Http;

/// <summary>
/// Octokit's request types are written by Octokit; everything else goes through System.Text.Json. Answers are always read into our own
/// small types: Octokit's throw on a check run that has not started and on another tool's deployment payload, whole lists with them.
/// </summary>
internal sealed class ApiSerializer : IJsonSerializer
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly SimpleJsonSerializer _octokit = new();

    public string Serialize(object item) =>
        IsOctokits(item.GetType()) ? _octokit.Serialize(item) : JsonSerializer.Serialize(item, item.GetType(), Options);

    // Octokit's interface predates nullable annotations; "null" is no answer that any endpoint of ours gives.
    public T Deserialize<T>(string json) => IsOctokits(typeof(T))
        ? _octokit.Deserialize<T>(json)
        : JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("GitHub answers with null.");

    private static bool IsOctokits(Type type) => type.Assembly == typeof(SimpleJsonSerializer).Assembly;
}
