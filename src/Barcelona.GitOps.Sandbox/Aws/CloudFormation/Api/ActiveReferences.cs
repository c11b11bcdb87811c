using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
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
        var evaluator = Evaluator(region, stack, definition);
        foreach (var resource in definition.Template.Resources.Values.Where(evaluator.IsActive)) evaluator.EvaluateObject(resource.Properties);
        foreach (var output in definition.Template.Outputs.Select(output => output.Value).OfType<System.Text.Json.Nodes.JsonObject>())
        {
            if (output.Text("Condition") is not { } condition || evaluator.Condition(condition)) evaluator.Evaluate(output["Value"]);
        }
    }

    private static TemplateEvaluator Evaluator(AwsRegion region, Stack stack, StackDefinition definition)
    {
        var bare = new TemplateEvaluator(definition.Template, new StackNames(region, stack, definition));
        var preview = new Stack(region, stack.Name) { Definition = definition, Settings = stack.Settings };
        foreach (var resource in definition.Template.Resources.Values.Where(bare.IsActive))
        {
            var standIn = preview.Resources[resource.LogicalId] =
                new StackResource(resource.LogicalId, resource.Type) { PhysicalId = resource.LogicalId };
            foreach (var attribute in ResourceSchemas.Of(resource.Type).ReadOnly)
                standIn.Attributes[attribute.Replace('/', '.')] = resource.LogicalId;
        }
        return new TemplateEvaluator(definition.Template, new StackNames(region, preview, definition));
    }
}
