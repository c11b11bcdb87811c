using System.Text.Json;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.OpenApi;

/// <summary>
/// Holds requests and answers against an OpenAPI 3.0 document, as far as GitHub's description uses it. Requests are held strictly: a
/// property or query parameter that is not described is a breach. Answers may carry more than is described, as GitHub's do.
/// </summary>
public sealed partial class OpenApiContract
{
    /// <summary>These hold a ref or a path, and on the real service slashes.</summary>
    private static readonly HashSet<string> WithSlashes = ["ref", "path", "branch", "basehead"];

    private readonly OpenApiSchemas _schemas;
    private readonly List<Operation> _operations;

    private OpenApiContract(JsonElement root)
    {
        _schemas = new OpenApiSchemas(root);
        _operations =
        [
            .. root.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Where(m => m.Name != "parameters").Select(m => new Operation(m, path)))
                .OrderByDescending(o => o.Literals),
        ];
    }

    public static OpenApiContract Load(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return new OpenApiContract(document.RootElement.Clone());
    }

    /// <summary>What is wrong, each line naming the operation; empty where all is well.</summary>
    public IReadOnlyList<string> Check(OpenApiExchange exchange)
    {
        if (_operations.FirstOrDefault(o => o.Matches(exchange.Method, exchange.Path)) is not { } operation)
            return [$"{exchange.Method} {exchange.Path}: GitHub has no such operation"];
        var problems = new List<string>();
        CheckQuery(operation, exchange, problems);
        // What the server refused was perhaps sent wrong on purpose.
        if (exchange.StatusCode is not (400 or 415 or 422))
            CheckBody(operation, exchange, problems);
        CheckAnswer(operation, exchange, problems);
        return [.. problems.Select(p => $"{exchange.Method} {operation.Template}: {p}")];
    }

    private void CheckQuery(Operation operation, OpenApiExchange exchange, List<string> problems)
    {
        var known = operation.Parameters.Select(_schemas.Dereference)
            .Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()).ToHashSet();
        foreach (var pair in exchange.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(pair.Split('=')[0]);
            if (!known.Contains(name))
                problems.Add($"unknown query parameter {name}");
        }
    }

    private void CheckBody(Operation operation, OpenApiExchange exchange, List<string> problems)
    {
        if (operation.RequestBody is not { } described)
        {
            if (exchange.Body.Length > 0)
                problems.Add("a body is not expected");
            return;
        }
        var body = _schemas.Dereference(described);
        if (exchange.Body.Length == 0)
        {
            if (body.TryGetProperty("required", out var required) && required.GetBoolean())
                problems.Add("a body is required");
            return;
        }
        if (exchange.ContentType?.Split(';')[0] != "application/json")
            problems.Add($"the content type is {exchange.ContentType}, not application/json");
        using var document = JsonDocument.Parse(exchange.Body);
        problems.AddRange(_schemas.Validate(JsonSchema(body), document.RootElement, strict: true).Select(p => $"request {p}"));
    }

    private void CheckAnswer(Operation operation, OpenApiExchange exchange, List<string> problems)
    {
        // 0 is no answer at all; refusals and faults of the server have one form everywhere and are not described for each operation.
        if (exchange.StatusCode is 0 or 304 or >= 400)
            return;
        if (!operation.Responses.TryGetProperty($"{exchange.StatusCode}", out var described))
        {
            problems.Add($"the status {exchange.StatusCode} is not described");
            return;
        }
        var response = _schemas.Dereference(described);
        var isJson = exchange.ResponseContentType?.StartsWith("application/json", StringComparison.Ordinal) == true;
        if (!isJson || !response.TryGetProperty("content", out _))
            return;
        using var document = JsonDocument.Parse(exchange.ResponseBody);
        problems.AddRange(_schemas.Validate(JsonSchema(response), document.RootElement, strict: false).Select(p => $"answer {p}"));
    }

    private static JsonElement JsonSchema(JsonElement described) =>
        described.GetProperty("content").TryGetProperty("application/json", out var json) && json.TryGetProperty("schema", out var schema)
            ? schema
            : default;

    [GeneratedRegex(@"\\\{([a-z_]+)}")]
    private static partial Regex Parameter();

    private sealed class Operation(JsonProperty method, JsonProperty path)
    {
        private readonly Regex _pattern = new("^" + Parameter().Replace(Regex.Escape(path.Name),
            p => WithSlashes.Contains(p.Groups[1].Value) ? "(.+)" : "([^/]+)") + "$", RegexOptions.CultureInvariant);

        public string Template => path.Name;

        /// <summary>What says more is tried first: `commits/{ref}/check-runs` before `commits/{ref}`.</summary>
        public int Literals { get; } = path.Name.Split('/').Count(s => !s.StartsWith('{'));

        public JsonElement Responses => method.Value.GetProperty("responses");

        public JsonElement? RequestBody => method.Value.TryGetProperty("requestBody", out var body) ? body : null;

        public IEnumerable<JsonElement> Parameters => new[] { method.Value, path.Value }
            .Where(holder => holder.TryGetProperty("parameters", out _))
            .SelectMany(holder => holder.GetProperty("parameters").EnumerateArray());

        public bool Matches(string verb, string candidate) =>
            method.Name.Equals(verb, StringComparison.OrdinalIgnoreCase) && _pattern.IsMatch(candidate);
    }
}
