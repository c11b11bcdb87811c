using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning.Differences;

/// <summary>A release as it was put on record.</summary>
/// <param name="Configuration">JSON: <c>{"app": template, "heritage": template, "taskDefinitions": {name: content}}</c>.</param>
/// <param name="Parameters">JSON: those of the app stack.</param>
public sealed record RecordedRelease(string Configuration, string Parameters);

/// <summary>What differs between two releases, from what is on record of them alone.</summary>
public static class ReleaseDiff
{
    private static readonly ImmutableDictionary<string, string> None = ImmutableDictionary<string, string>.Empty;

    /// <exception cref="JsonException">What is on record is no JSON.</exception>
    public static ImmutableArray<ResourceChange> Of(RecordedRelease from, RecordedRelease to)
    {
        var (before, after) = (Parse(from.Configuration), Parse(to.Configuration));
        return
        [
            .. Tasks(before["taskDefinitions"] as JsonObject ?? [], after["taskDefinitions"] as JsonObject ?? []),
            .. TemplateDiff.Of("services and schedules", Content(before["app"], from.Parameters), Content(after["app"], to.Parameters))
                .Select(WithoutRevisions),
        ];
    }

    /// <summary>Names of a release's services, without its scheduled tasks.</summary>
    public static ImmutableArray<string> ServicesOf(RecordedRelease release)
    {
        var configuration = Parse(release.Configuration);
        var resources = configuration["app"]?["Resources"] as JsonObject ?? [];
        return
        [
            .. (configuration["taskDefinitions"] as JsonObject ?? []).Select(t => t.Key)
                .Where(name => resources.ContainsKey(LogicalIds.Service(name))).Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<ResourceChange> Tasks(JsonObject before, JsonObject after) =>
        before.Select(t => t.Key).Union(after.Select(t => t.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name =>
        {
            var (old, wanted) = (before[name], after[name]);
            var properties = PropertyDiff.Of(JsonLeaves.Of(old ?? new JsonObject(), None), JsonLeaves.Of(wanted ?? new JsonObject(), None));
            var kind = old is null ? ChangeKind.Created
                : wanted is null ? ChangeKind.Deleted
                : properties.IsEmpty ? ChangeKind.Unchanged
                : ChangeKind.Changed;
            return new ResourceChange(kind, "task definitions", name, "AWS::ECS::TaskDefinition", properties);
        });

    private static StackContent Content(JsonNode? template, string parameters) => new(
        template?.ToJsonString() ?? "{}", Parse(parameters).ToDictionary(p => p.Key, p => p.Value?.ToString() ?? "", StringComparer.Ordinal));

    /// <summary>Which revision it is follows from what is in it, which is shown already.</summary>
    private static ResourceChange WithoutRevisions(ResourceChange change)
    {
        ImmutableArray<PropertyChange> rest =
        [
            .. change.Properties.Where(p => !p.Path.EndsWith("TaskDefinition", StringComparison.Ordinal)
                && !p.Path.EndsWith("TaskDefinitionArn", StringComparison.Ordinal)),
        ];
        return change with { Properties = rest, Kind = change.Kind == ChangeKind.Changed && rest.IsEmpty ? ChangeKind.Unchanged : change.Kind };
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json) as JsonObject ?? [];
}
