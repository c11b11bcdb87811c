using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Api;

/// <summary>Operations that set a stack moving.</summary>
internal static partial class StackWrites
{
    private static readonly HashSet<string> Updatable =
    [
        "CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_FAILED", "CREATE_FAILED", "IMPORT_COMPLETE",
        "IMPORT_ROLLBACK_COMPLETE",
    ];

    public static JsonObject CreateStack(AwsRegion region, JsonObject request)
    {
        var name = request.Text("StackName") ?? "";
        CheckName(name);
        var token = request.Text("ClientRequestToken");
        if (region.Stacks.Find(name) is { } existing)
        {
            if (RequestTokens.Repeated(existing, "CreateStack", token)) return Id(existing);
            throw new AwsErrorException("AlreadyExistsException", $"Stack [{name}] already exists");
        }
        var definition = StackRequests.Definition(region, request, previous: null);
        var settings = StackRequests.Settings(request);
        Capabilities.Check(definition.Template, settings.Capabilities);
        var stack = new Stack(region, name) { Definition = definition, Settings = settings };
        ActiveReferences.Check(region, stack, definition);
        region.Stacks.Add(stack);
        RequestTokens.Begin(stack, "CreateStack", token);
        new StackCreation(region, stack).Start();
        return Id(stack);
    }

    public static JsonObject UpdateStack(AwsRegion region, JsonObject request)
    {
        var stack = region.Stacks.Get(request.Text("StackName"));
        var token = request.Text("ClientRequestToken");
        if (RequestTokens.Repeated(stack, "UpdateStack", token)) return Id(stack);
        CheckUpdatable(stack);
        var definition = StackRequests.Definition(region, request, stack.Definition);
        Capabilities.Check(definition.Template, [.. request.Texts("Capabilities")]);
        CheckTypes(stack, definition.Template);
        ActiveReferences.Check(region, stack, definition);
        if (stack.Status != "UPDATE_FAILED" && definition.SameAs(stack.Definition))
            throw AwsErrorException.Validation("No updates are to be performed.");
        stack.Settings =
            stack.Settings with { Capabilities = [.. request.Texts("Capabilities")], RoleArn = request.Text("RoleARN") ?? stack.Settings.RoleArn };
        RequestTokens.Begin(stack, "UpdateStack", token);
        new StackUpdate(region, stack).Start(definition, request.Flag("DisableRollback"));
        return Id(stack);
    }

    public static JsonObject DeleteStack(AwsRegion region, JsonObject request)
    {
        // Deleting what is not there succeeds.
        if (region.Stacks.Find(request.Text("StackName") ?? "") is not { DeletedAt: null } stack) return [];
        var token = request.Text("ClientRequestToken");
        if (RequestTokens.Repeated(stack, "DeleteStack", token) || stack.Status == "DELETE_IN_PROGRESS") return [];
        if (stack.Settings.TerminationProtection)
            throw AwsErrorException.Validation($"Stack [{stack.Name}] cannot be deleted while TerminationProtection is enabled");
        if (stack.InProgress && stack.Status is not ("CREATE_IN_PROGRESS" or "ROLLBACK_IN_PROGRESS" or "REVIEW_IN_PROGRESS"))
            throw AwsErrorException.Validation($"Stack [{stack.Id}] cannot be deleted while in status {stack.Status}");
        var retain = request.Texts("RetainResources").ToList();
        if (retain.Count > 0 && stack.Status != "DELETE_FAILED")
            throw AwsErrorException.Validation(
                $"Invalid operation on stack [{stack.Id}]. When the stack isn't in the DELETE_FAILED state, RetainResources can't be specified");
        RequestTokens.Begin(stack, "DeleteStack", token);
        new StackDeletion(region, stack).Start(retain);
        return [];
    }

    public static JsonObject CancelUpdateStack(AwsRegion region, JsonObject request)
    {
        var stack = region.Stacks.Get(request.Text("StackName"));
        if (stack.Status != "UPDATE_IN_PROGRESS") throw AwsErrorException.Validation("CancelUpdateStack cannot be called from current stack status");
        RequestTokens.Begin(stack, "CancelUpdateStack", request.Text("ClientRequestToken"));
        new StackUpdate(region, stack).Cancel();
        return [];
    }

    public static JsonObject ContinueUpdateRollback(AwsRegion region, JsonObject request)
    {
        var stack = region.Stacks.Get(request.Text("StackName"));
        if (RequestTokens.Repeated(stack, "ContinueUpdateRollback", request.Text("ClientRequestToken"))) return [];
        if (stack.Status != "UPDATE_ROLLBACK_FAILED")
            throw AwsErrorException.Validation($"Stack:{stack.Id} is in {stack.Status} state and can not continue update rollback.");
        RequestTokens.Begin(stack, "ContinueUpdateRollback", request.Text("ClientRequestToken"));
        new StackUpdateRollback(region, stack).Start("User Initiated", [.. request.Texts("ResourcesToSkip")]);
        return [];
    }

    public static JsonObject RollbackStack(AwsRegion region, JsonObject request)
    {
        var stack = region.Stacks.Get(request.Text("StackName"));
        RequestTokens.Begin(stack, "RollbackStack", request.Text("ClientRequestToken"));
        if (stack.Status == "CREATE_FAILED") new StackRollback(region, stack).Start("User Initiated");
        else if (stack.Status == "UPDATE_FAILED") new StackUpdateRollback(region, stack).Start("User Initiated", skip: []);
        else throw AwsErrorException.Validation($"Stack:{stack.Id} is in {stack.Status} state and can not be rolled back.");
        return Id(stack);
    }

    public static JsonObject UpdateTerminationProtection(AwsRegion region, JsonObject request)
    {
        var stack = region.Stacks.Get(request.Text("StackName"));
        stack.Settings = stack.Settings with { TerminationProtection = request.Flag("EnableTerminationProtection") };
        return Id(stack);
    }

    public static void CheckUpdatable(Stack stack)
    {
        if (!Updatable.Contains(stack.Status))
            throw AwsErrorException.Validation($"Stack:{stack.Id} is in {stack.Status} state and can not be updated.");
    }

    public static void CheckName(string name)
    {
        if (!StackNamePattern().IsMatch(name))
            throw AwsErrorException.Validation(
                $"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: "
                + "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
    }

    public static void CheckTypes(Stack stack, Template template)
    {
        var changed = template.Resources.Values
            .Where(wanted => stack.Resources.TryGetValue(wanted.LogicalId, out var resource) && resource.Type != wanted.Type)
            .Select(wanted => wanted.LogicalId).ToList();
        if (changed.Count > 0)
            throw AwsErrorException.Validation(
                "Update of resource type is not permitted. "
                + $"The new template modifies resource type of the following resources: [{string.Join(", ", changed)}]");
    }

    private static JsonObject Id(Stack stack) => new() { ["StackId"] = stack.Id };

    [GeneratedRegex("^[a-zA-Z][-a-zA-Z0-9]{0,127}$")]
    private static partial Regex StackNamePattern();
}
