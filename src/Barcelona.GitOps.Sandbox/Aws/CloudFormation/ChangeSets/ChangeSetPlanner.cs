using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.ChangeSets;

/// <summary>
/// What an update would do, without doing it. A resource that would be new or replaced has no name yet, so whatever refers to it
/// sees a stand-in and counts as changed too.
/// </summary>
internal sealed class ChangeSetPlanner(AwsRegion region, Stack stack, StackDefinition wanted)
{
    private const string NotYetKnown = "{{changeSet:KNOWN_AFTER_APPLY}}";

    private readonly Stack _future = new(region, stack.Name) { Definition = wanted, Settings = stack.Settings };

    public IReadOnlyList<JsonObject> Plan()
    {
        foreach (var resource in stack.Resources.Values) _future.Resources[resource.LogicalId] = resource;
        var evaluator = new TemplateEvaluator(wanted.Template, new StackNames(region, _future, wanted));
        var active = InOrder(wanted.Template.Resources.Values.Where(evaluator.IsActive)).ToList();
        var changes = active.Select(resource => Compare(resource, evaluator)).OfType<JsonObject>().ToList();
        var removed = stack.Resources.Values.Where(resource => active.TrueForAll(wanted => wanted.LogicalId != resource.LogicalId));
        changes.AddRange(removed.Select(resource => Change("Remove", resource.LogicalId, resource.Type, resource.PhysicalId)));
        return changes;
    }

    private IEnumerable<TemplateResource> InOrder(IEnumerable<TemplateResource> resources)
    {
        var left = resources.ToList();
        while (left.Count > 0)
        {
            var next = left.First(
                resource => !TemplateReferences.Dependencies(wanted.Template, resource).Any(name => left.Exists(other => other.LogicalId == name)));
            left.Remove(next);
            yield return next;
        }
    }

    private JsonObject? Compare(TemplateResource resource, TemplateEvaluator evaluator)
    {
        if (!stack.Resources.TryGetValue(resource.LogicalId, out var existing))
        {
            Forget(resource);
            return Change("Add", resource.LogicalId, resource.Type, physicalId: null);
        }
        var after = evaluator.EvaluateObject(resource.Properties);
        var changed = ResourceProperties.Changed(existing.Properties, after);
        if (changed.Count == 0) return null;
        var details = changed.Select(name => Detail(name, ResourceProperties.Recreation(resource.Type, name, existing.Properties, after), after))
            .ToList();
        var recreations = details.Select(detail => detail.Object("Target")?.Text("RequiresRecreation")).ToHashSet();
        var replacement = recreations.Contains("Always") ? "True" : recreations.Contains("Conditionally") ? "Conditional" : "False";
        if (replacement == "True") Forget(resource);
        var change = Change("Modify", resource.LogicalId, resource.Type, existing.PhysicalId);
        if (change["ResourceChange"] is JsonObject body)
        {
            body["Replacement"] = replacement;
            body["Scope"] = new JsonArray("Properties");
            body["Details"] = details.ToJsonArray();
        }
        return change;
    }

    private void Forget(TemplateResource resource)
    {
        var standIn = _future.Resources[resource.LogicalId] = new StackResource(resource.LogicalId, resource.Type) { PhysicalId = NotYetKnown };
        foreach (var attribute in ResourceSchemas.Of(resource.Type).ReadOnly) standIn.Attributes[attribute.Replace('/', '.')] = NotYetKnown;
    }

    private static JsonObject Detail(string property, string recreation, JsonObject after) => new()
    {
        ["Target"] = new JsonObject { ["Attribute"] = "Properties", ["Name"] = property, ["RequiresRecreation"] = recreation },
        ["Evaluation"] = after[property]?.ToJsonString().Contains(NotYetKnown, StringComparison.Ordinal) == true ? "Dynamic" : "Static",
        ["ChangeSource"] = "DirectModification",
    };

    private static JsonObject Change(string action, string logicalId, string type, string? physicalId) => new()
    {
        ["Type"] = "Resource",
        ["ResourceChange"] = new JsonObject
        {
            ["Action"] = action,
            ["LogicalResourceId"] = logicalId,
            ["PhysicalResourceId"] = physicalId,
            ["ResourceType"] = type,
        },
    };
}
