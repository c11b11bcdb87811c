using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Api;

/// <summary>Operations that look at stacks.</summary>
internal static class StackReads
{
    private const int PageSize = 100;

    public static JsonObject DescribeStacks(AwsRegion region, JsonObject request)
    {
        if (request.Text("StackName") is { Length: > 0 } name)
            return new JsonObject { ["Stacks"] = new JsonArray(Described(region, region.Stacks.Get(name))) };
        return Pages.Cut(request, [.. region.Stacks.Live.Select(stack => Described(region, stack))], "Stacks", PageSize);
    }

    private static JsonObject Described(AwsRegion region, Stack stack)
    {
        var answer = StackDescriptions.Stack(stack);
        foreach (var parameter in answer.Objects("Parameters"))
            parameter["ParameterValue"] = region.Faults.Reading(parameter.Text("ParameterKey") ?? "", parameter.Text("ParameterValue") ?? "");
        return answer;
    }

    public static JsonObject ListStacks(AwsRegion region, JsonObject request)
    {
        var wanted = request.Texts("StackStatusFilter").ToHashSet();
        var stacks = region.Stacks.All.Where(stack => wanted.Count == 0 || wanted.Contains(stack.Status));
        return Pages.Cut(request, [.. stacks.Select(StackDescriptions.Summary)], "StackSummaries", PageSize);
    }

    public static JsonObject DescribeStackEvents(AwsRegion region, JsonObject request)
    {
        var name = request.Text("StackName");
        var stack = region.Stacks.Find(name ?? "") ?? throw AwsErrorException.Validation($"Stack [{name}] does not exist");
        return Pages.Cut(
            request, [.. stack.Events.AsEnumerable().Reverse().Select(entry => StackDescriptions.Event(stack, entry))], "StackEvents", PageSize);
    }

    public static JsonObject DescribeStackResources(AwsRegion region, JsonObject request)
    {
        var stack = request.Text("StackName") is { } name
            ? region.Stacks.Get(name)
            : region.Stacks.Live
                .FirstOrDefault(stack => stack.Resources.Values.Any(resource => resource.PhysicalId == request.Text("PhysicalResourceId")))
                ?? throw AwsErrorException.Validation($"Stack for {request.Text("PhysicalResourceId")} does not exist");
        var resources = stack.Resources.Values.Where(resource => request.Text("LogicalResourceId") is not { } id || resource.LogicalId == id);
        return new JsonObject
        {
            ["StackResources"] = resources.Select(resource => StackDescriptions.Resource(stack, resource, "Timestamp")).ToJsonArray(),
        };
    }

    public static JsonObject DescribeStackResource(AwsRegion region, JsonObject request)
    {
        var stack = region.Stacks.Get(request.Text("StackName"));
        var id = request.Text("LogicalResourceId") ?? "";
        return stack.Resources.TryGetValue(id, out var resource)
            ? new JsonObject { ["StackResourceDetail"] = StackDescriptions.Resource(stack, resource, "LastUpdatedTimestamp") }
            : throw AwsErrorException.Validation($"Resource {id} does not exist for stack {stack.Name}");
    }

    public static JsonObject ListStackResources(AwsRegion region, JsonObject request)
    {
        var stack = region.Stacks.Get(request.Text("StackName"));
        return Pages.Cut(request, [.. stack.Resources.Values.Select(resource => Summary(stack, resource))], "StackResourceSummaries", PageSize);
    }

    public static JsonObject GetTemplate(AwsRegion region, JsonObject request)
    {
        var stack = region.Stacks.Get(request.Text("StackName"));
        return new JsonObject { ["TemplateBody"] = stack.Definition.Template.Body, ["StagesAvailable"] = new JsonArray("Original", "Processed") };
    }

    public static JsonObject GetTemplateSummary(AwsRegion region, JsonObject request)
    {
        var template = request.Text("StackName") is { } name
            ? region.Stacks.Get(name).Definition.Template
            : StackRequests.Template(region, request, previous: null);
        var answer = Declared(template);
        answer["ResourceTypes"] = template.Resources.Values.Select(resource => resource.Type).Distinct().ToJsonArray();
        answer["Version"] = template.Root.Text("AWSTemplateFormatVersion");
        return answer;
    }

    public static JsonObject ValidateTemplate(AwsRegion region, JsonObject request) =>
        Declared(StackRequests.Template(region, request, previous: null));

    public static JsonObject ListExports(AwsRegion region, JsonObject request) => Pages.Cut(request,
    [
        .. region.Stacks.Exports().Select(export => new JsonObject
        {
            ["ExportingStackId"] = export.Stack.Id, ["Name"] = export.Output.ExportName, ["Value"] = export.Output.Value,
        }),
    ], "Exports", PageSize);

    private static JsonObject Summary(Stack stack, StackResource resource)
    {
        var answer = StackDescriptions.Resource(stack, resource, "LastUpdatedTimestamp");
        answer.Remove("StackId");
        answer.Remove("StackName");
        return answer;
    }

    private static JsonObject Declared(Templates.Template template)
    {
        var capability = Capabilities.Required(template);
        return new JsonObject
        {
            ["Description"] = template.Description,
            ["Parameters"] = template.Parameters.Select(entry => Declaration(entry.Key, entry.Value as JsonObject ?? [])).ToJsonArray(),
            ["Capabilities"] = capability is null ? null : new JsonArray(capability),
            ["CapabilitiesReason"] = capability is null ? null : "The following resource(s) require capabilities: [AWS::IAM]",
        };
    }

    private static JsonObject Declaration(string name, JsonObject declaration) => new()
    {
        ["ParameterKey"] = name,
        ["DefaultValue"] = declaration.Text("Default"),
        ["ParameterType"] = declaration.Text("Type") ?? "String",
        ["NoEcho"] = declaration.Flag("NoEcho"),
        ["Description"] = declaration.Text("Description"),
    };
}
