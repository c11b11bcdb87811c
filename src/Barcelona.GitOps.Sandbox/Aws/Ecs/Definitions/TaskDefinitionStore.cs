using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Definitions;

/// <summary>Task definitions by family; a revision is never given twice.</summary>
internal sealed class TaskDefinitionStore
{
    private readonly SortedDictionary<string, List<TaskDefinitionRevision>> _families = new(StringComparer.Ordinal);

    public IEnumerable<TaskDefinitionRevision> All => _families.Values.SelectMany(family => family);

    public IEnumerable<string> Families => _families.Keys;

    public TaskDefinitionRevision Register(AwsRegion region, JsonObject request)
    {
        TaskDefinitionRules.Check(request);
        var family = request.Text("family") ?? "";
        if (!_families.TryGetValue(family, out var revisions)) _families[family] = revisions = [];
        var number = revisions.Count + 1;
        var arn = region.Arn("ecs", $"task-definition/{family}:{number}");
        var revision = new TaskDefinitionRevision
        {
            Family = family,
            Revision = number,
            Arn = arn,
            Content = Complete(request, arn, number, region.Now),
            Tags = [.. request.Objects("tags").Select(tag => tag.Copy())],
        };
        revisions.Add(revision);
        return revision;
    }

    /// <summary>By ARN, by <c>family:revision</c>, or by family: the newest active revision.</summary>
    public TaskDefinitionRevision Get(string? reference)
    {
        var name = (reference ?? "").Split('/')[^1];
        var parts = name.Split(':');
        var family = _families.GetValueOrDefault(parts[0]) ?? [];
        var found = parts.Length > 1
            ? family.Find(revision => revision.Revision.ToString(CultureInfo.InvariantCulture) == parts[1])
            : family.FindLast(revision => revision.Status == "ACTIVE");
        return found ?? throw new AwsErrorException("ClientException", "Unable to describe task definition.");
    }

    /// <summary>For what is to start with it: one that was deregistered only goes on where it is.</summary>
    public TaskDefinitionRevision GetActive(string? reference) => Get(reference) is { Status: "ACTIVE" } active
        ? active
        : throw new AwsErrorException("ClientException", "TaskDefinition is inactive");

    private static JsonObject Complete(JsonObject request, string arn, int revision, DateTimeOffset now)
    {
        var content = request.Copy();
        content.Remove("tags");
        content["taskDefinitionArn"] = arn;
        content["revision"] = revision;
        content["registeredAt"] = now.Seconds();
        content["volumes"] ??= new JsonArray();
        content["placementConstraints"] ??= new JsonArray();
        content["compatibilities"] = TaskDefinitionRules.IsFargate(request) ? new JsonArray("EC2", "FARGATE") : new JsonArray("EXTERNAL", "EC2");
        foreach (var container in content.Objects("containerDefinitions"))
        {
            container["essential"] ??= true;
            foreach (var list in (string[])["environment", "mountPoints", "volumesFrom", "portMappings"]) container[list] ??= new JsonArray();
            container["cpu"] ??= 0;
        }
        return content;
    }
}
