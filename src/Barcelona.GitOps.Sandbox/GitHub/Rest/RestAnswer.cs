using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

/// <summary>What goes back: JSON, or bytes of another type, or nothing.</summary>
internal sealed record RestAnswer(int Status, JsonNode? Json = null)
{
    public byte[]? Raw { get; init; }
    public string ContentType { get; init; } = "application/json; charset=utf-8";
    public string? Link { get; init; }
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static RestAnswer NotFound => Refused(404, "Not Found");

    public static RestAnswer NoContent => new(204);

    public static RestAnswer Ok(JsonNode json) => new(200, json);

    public static RestAnswer Created(JsonNode json) => new(201, json);

    public static RestAnswer Accepted => new(202, new JsonObject());

    public static RestAnswer Refused(int status, string message) => new(status, new JsonObject
    {
        ["message"] = message,
        ["documentation_url"] = "https://docs.github.com/rest",
        ["status"] = $"{status}",
    });

    /// <summary>What does not fit the schema of a request.</summary>
    public static RestAnswer Invalid(string problem) => Refused(422, $"Invalid request.\n\n{problem}");

    /// <summary>What fits the schema and cannot be: a field with a code such as missing, invalid, already_exists.</summary>
    public static RestAnswer Unprocessable(string resource, string field, string code) => new(422, new JsonObject
    {
        ["message"] = "Validation Failed",
        ["errors"] = new JsonArray(new JsonObject { ["resource"] = resource, ["field"] = field, ["code"] = code }),
        ["documentation_url"] = "https://docs.github.com/rest",
        ["status"] = "422",
    });
}
