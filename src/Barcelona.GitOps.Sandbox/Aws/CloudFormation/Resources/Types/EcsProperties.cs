using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>
/// CloudFormation's properties as ECS's parameters: first letters small, texts turned into the numbers and truth values they stand for.
/// </summary>
internal static class EcsProperties
{
    private static readonly HashSet<string> Numbers =
    [
        "desiredCount", "containerPort", "hostPort", "minimumHealthyPercent", "maximumPercent", "healthCheckGracePeriodSeconds", "memory",
        "memoryReservation",
        "interval", "timeout", "retries", "startPeriod", "stopTimeout", "startTimeout", "weight", "base",
    ];

    private static readonly HashSet<string> Flags =
    [
        "enable", "rollback", "enableExecuteCommand", "enableECSManagedTags", "essential", "readonlyRootFilesystem", "privileged",
        "initProcessEnabled",
    ];

    /// <summary>Maps whose keys are the user's own.</summary>
    private static readonly HashSet<string> Verbatim = ["options", "dockerLabels"];

    public static JsonObject ToParameters(JsonObject properties)
    {
        var result = new JsonObject();
        foreach (var (key, value) in properties)
        {
            var name = char.ToLowerInvariant(key[0]) + key[1..];
            result[name] = Verbatim.Contains(name) ? value?.DeepClone() : Convert(name, value);
        }
        return result;
    }

    public static JsonArray Tags(IReadOnlyList<JsonObject> tags) =>
        tags.Select(tag => new JsonObject { ["key"] = tag.Text("Key"), ["value"] = tag.Text("Value") }).ToJsonArray();

    private static JsonNode? Convert(string name, JsonNode? value) => value switch
    {
        JsonObject map => ToParameters(map),
        JsonArray list => new JsonArray([.. list.Select(item => Convert(name, item))]),
        // A task's own cpu and memory stay texts, a container's are numbers: only the latter come nested.
        _ when Numbers.Contains(name)
            && int.TryParse(JsonParameters.Text(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ when Flags.Contains(name) && bool.TryParse(JsonParameters.Text(value), out var flag) => flag,
        _ => value?.DeepClone(),
    };
}
