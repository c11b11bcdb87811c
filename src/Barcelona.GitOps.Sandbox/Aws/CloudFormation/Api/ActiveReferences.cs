using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Api;

/// <summary>
/// Evaluates the whole template once before anything starts, with stand-ins for what does not exist yet: conditions, maps, attributes that a
/// type does not have, and references to resources that a condition leaves out are refused in the answer and not in the middle of the work.
/// </summary>
internal static class ActiveReferences
{
    public static void Check(AwsRegion region, Stack stack, StackDefinition definition)
    {
        var preview = new Stack(region, stack.Name) { Definition = definition, Settings = stack.Settings };
        var evaluator = new TemplateEvaluator(definition.Template, new StackNames(region, preview, definition));
        foreach (var resource in InOrder(definition.Template, [.. definition.Template.Resources.Values.Where(evaluator.IsActive)]))
        {
            var properties = evaluator.EvaluateObject(resource.Properties);
            preview.Resources[resource.LogicalId] = StandIns.Of(region, resource, properties);
        }
        foreach (var output in definition.Template.Outputs.Select(output => output.Value).OfType<JsonObject>())
        {
            if (output.Text("Condition") is not { } condition || evaluator.Condition(condition)) evaluator.Evaluate(output["Value"]);
        }
    }

    private static IEnumerable<TemplateResource> InOrder(Template template, List<TemplateResource> left)
    {
        while (left.Count > 0)
        {
            var next = left.First(resource =>
                !TemplateReferences.Dependencies(template, resource).Any(name => left.Exists(other => other.LogicalId == name)));
            left.Remove(next);
            yield return next;
        }
    }
}
