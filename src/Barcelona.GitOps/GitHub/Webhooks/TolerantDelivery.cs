using System.Text.Json;

namespace Barcelona.GitOps.GitHub.Webhooks;

/// <summary>Reads the few fields that matter and nothing else: for payloads that are not what <see cref="TypedDelivery"/> expects.</summary>
internal static class TolerantDelivery
{
    /// <summary>Null when the body is not a JSON object.</summary>
    public static DeliveryFacts? TryRead(string eventName, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(eventName, document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with half a surrogate pair is JSON, but no text.
            return null;
        }
    }

    private static DeliveryFacts Read(string eventName, JsonElement root) => new()
    {
        Action = Text(root, "action"),
        Repository = Text(root, "repository", "full_name"),
        DefaultBranch = Text(root, "repository", "default_branch"),
        Installation = Number(root, "installation", "id"),
        Sender = Text(root, "sender", "login"),
        Ref = Text(root, "ref"),
        RefType = Text(root, "ref_type"),
        IsDeletion = eventName == "delete" || At(root, "deleted")?.ValueKind == JsonValueKind.True,
        HeadMessage = Text(root, "head_commit", "message"),
        Head = Text(root, "after") ?? Text(root, "pull_request", "head", "sha")
            ?? Text(root, "check_run", "head_sha") ?? Text(root, "check_suite", "head_sha") ?? Text(root, "merge_group", "head_sha")
            ?? Text(root, "workflow_run", "head_sha") ?? Text(root, "sha"),
        PullRequest = Number(root, "number") ?? Number(root, "pull_request", "number"),
        HeadRepository = Text(root, "pull_request", "head", "repo", "full_name"),
        CheckName = Text(root, "check_run", "name"),
        State = Text(root, "state"),
        ExternalId = Text(root, "check_run", "external_id"),
        Button = Text(root, "requested_action", "identifier"),
        App = Number(root, "check_run", "app", "id") ?? Number(root, "check_suite", "app", "id"),
    };

    private static string? Text(JsonElement root, params ReadOnlySpan<string> path) =>
        At(root, path) is { ValueKind: JsonValueKind.String } element ? element.GetString() : null;

    private static long? Number(JsonElement root, params ReadOnlySpan<string> path) =>
        At(root, path) is { ValueKind: JsonValueKind.Number } element && element.TryGetInt64(out var number) ? number : null;

    private static JsonElement? At(JsonElement root, params ReadOnlySpan<string> path)
    {
        var element = root;
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }
}
