using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>Brings a stack's resources to its definition: creates what is missing, updates or replaces what differs, leaves the rest alone.</summary>
internal sealed class StackForward(AwsRegion region, Stack stack)
{
    private readonly TemplateEvaluator _evaluator = new(stack.Definition.Template, new StackNames(region, stack, stack.Definition));

    /// <param name="verb">CREATE or UPDATE: what the stack is doing.</param>
    public ResourceRun Run(string verb, Action<ResourceRun> finished)
    {
        var template = stack.Definition.Template;
        var steps = template.Resources.Values.Where(_evaluator.IsActive)
            .Select(resource =>
                new ResourceStep(resource.LogicalId, TemplateReferences.Dependencies(template, resource), done => Begin(resource, done)))
            .ToList();
        return new ResourceRun(steps, finished) { Interrupted = logicalId => Interrupt(stack.Resources[logicalId], verb) };
    }

    public IReadOnlyList<StackOutput> Outputs() =>
    [
        .. stack.Definition.Template.Outputs
            .Select(output => (output.Key, Value: output.Value as JsonObject ?? []))
            .Where(output => output.Value.Text("Condition") is not { } condition || _evaluator.Condition(condition))
            .Select(output =>
                new StackOutput(output.Key, _evaluator.Text(output.Value["Value"]), output.Value.Text("Description"), ExportName(output.Value))),
    ];

    private string? ExportName(JsonObject output) => output["Export"] is JsonObject export ? _evaluator.Text(export["Name"]) : null;

    private void Begin(TemplateResource wanted, Action<string?> done)
    {
        var isNew = !stack.Resources.TryGetValue(wanted.LogicalId, out var resource) || resource.Status == "CREATE_FAILED";
        if (isNew || resource is null) stack.Resources[wanted.LogicalId] = resource = new StackResource(wanted.LogicalId, wanted.Type);
        resource.DeletionPolicy = wanted.DeletionPolicy;
        resource.UpdateReplacePolicy = wanted.UpdateReplacePolicy;
        resource.UpdatePolicy = wanted.UpdatePolicy;
        resource.Needs = TemplateReferences.Dependencies(stack.Definition.Template, wanted);
        if (Evaluate(wanted, resource, isNew, done) is { } properties) Begin(resource, properties, isNew, done);
    }

    private void Begin(StackResource resource, JsonObject properties, bool isNew, Action<string?> done)
    {
        var work = new ResourceWork(region, stack, resource);
        if (isNew)
        {
            work.Create(properties, "CREATE", done);
            return;
        }
        var changed = ResourceProperties.Changed(resource.Properties, properties);
        if (changed.Count == 0 && resource.Status != "UPDATE_FAILED" && !TagsChanged())
        {
            done(null);
            return;
        }
        var replaced = changed.Any(name => Replaces(resource, ResourceProperties.Recreation(resource.Type, name, resource.Properties, properties)));
        if (!replaced) work.Update(properties, done);
        else if (CustomNames.Kept(resource, properties) is not null) FailCustomName(resource, done);
        else work.Create(properties, "UPDATE", done);
    }

    // A group of instances is made anew only when its policy asks for that; otherwise it is rolled or left.
    private static bool Replaces(StackResource resource, string recreation) => recreation == "Always"
        || (recreation == "Conditionally" && (resource.Type != "AWS::AutoScaling::AutoScalingGroup"
            || resource.UpdatePolicy?.Object("AutoScalingReplacingUpdate")?.Flag("WillReplace") == true));

    /// <summary>A stack's tags reach every resource, so a change of one updates them all.</summary>
    private bool TagsChanged() => stack.Before is { } before
        && !before.Definition.HasTagsOf(stack.Definition);

    private JsonObject? Evaluate(TemplateResource wanted, StackResource resource, bool isNew, Action<string?> done)
    {
        try
        {
            return _evaluator.EvaluateObject(wanted.Properties);
        }
        catch (AwsErrorException e)
        {
            Fail(resource, isNew ? "CREATE" : "UPDATE", e.Message, done);
            return null;
        }
    }

    private void FailCustomName(StackResource resource, Action<string?> done) => Fail(resource, "UPDATE",
        "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
        + $"Rename {resource.PhysicalId} and update the stack again.", done);

    private void Fail(StackResource resource, string verb, string reason, Action<string?> done)
    {
        stack.Enter(resource, $"{verb}_IN_PROGRESS");
        region.Timeline.After(region.Timings.StackStep, () =>
        {
            stack.Enter(resource, $"{verb}_FAILED", reason);
            done(reason);
        });
    }

    private void Interrupt(StackResource resource, string verb)
    {
        var was = resource.Status.Split('_')[0];
        resource.Work = null;
        stack.Enter(resource, $"{was}_FAILED", verb == "CREATE" || was == "CREATE" ? "Resource creation cancelled" : "Resource update cancelled");
    }
}
