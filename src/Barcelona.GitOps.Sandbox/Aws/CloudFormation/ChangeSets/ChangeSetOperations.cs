using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Api;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.ChangeSets;

/// <summary>The change set operations. Planning is done at once, so CREATE_IN_PROGRESS is never seen.</summary>
internal static class ChangeSetOperations
{
    private const string Nothing = "The submitted information didn't contain changes. Submit different information to create a change set.";

    public static JsonObject CreateChangeSet(AwsRegion region, JsonObject request)
    {
        var type = request.Text("ChangeSetType") ?? "UPDATE";
        var stack = type == "CREATE" ? ForCreation(region, request) : region.Stacks.Get(request.Text("StackName"));
        var name = request.Text("ChangeSetName") ?? "";
        if (stack.ChangeSets.TryGetValue(name, out var known))
        {
            if (known.Token is not null && known.Token == request.Text("ClientToken")) return Ids(known, stack);
            throw new AwsErrorException("AlreadyExistsException", $"ChangeSet {name} already exists");
        }
        if (type == "UPDATE") StackWrites.CheckUpdatable(stack);
        var definition = StackRequests.Definition(region, request, type == "CREATE" ? null : stack.Definition);
        var capabilities = request.Texts("Capabilities").ToList();
        Capabilities.Check(definition.Template, capabilities);
        ActiveReferences.Check(region, stack, definition);
        var nothing = type == "UPDATE" && definition.SameAs(stack.Definition);
        var changeSet = stack.ChangeSets[name] = new ChangeSet
        {
            Id = region.Arn("cloudformation", $"changeSet/{name}/{Guid.NewGuid()}"),
            Name = name,
            Type = type,
            Definition = definition,
            Capabilities = capabilities,
            Changes = nothing ? [] : new ChangeSetPlanner(region, stack, definition).Plan(),
            CreatedAt = region.Now,
            Description = request.Text("Description"),
            Token = request.Text("ClientToken"),
            Status = nothing ? "FAILED" : "CREATE_COMPLETE",
            StatusReason = nothing ? Nothing : null,
            ExecutionStatus = nothing ? "UNAVAILABLE" : "AVAILABLE",
        };
        return Ids(changeSet, stack);
    }

    public static JsonObject DescribeChangeSet(AwsRegion region, JsonObject request)
    {
        var (stack, changeSet) = Find(region, request);
        var answer = Summary(stack, changeSet);
        answer["Parameters"] = changeSet.Definition.Parameters.Values.Select(parameter => parameter.Describe()).ToJsonArray();
        answer["Tags"] = changeSet.Definition.Tags.Select(tag => tag.Copy()).ToJsonArray();
        answer["Capabilities"] = changeSet.Capabilities.ToJsonArray();
        answer["Changes"] = changeSet.Changes.Select(change => change.Copy()).ToJsonArray();
        return answer;
    }

    public static JsonObject ExecuteChangeSet(AwsRegion region, JsonObject request)
    {
        var (stack, changeSet) = Find(region, request);
        var token = request.Text("ClientRequestToken");
        if (RequestTokens.Repeated(stack, "ExecuteChangeSet", token)) return [];
        if (changeSet.ExecutionStatus != "AVAILABLE")
            throw new AwsErrorException(
                "InvalidChangeSetStatus", $"ChangeSet [{changeSet.Id}] cannot be executed in its current status of [{changeSet.Status}]");
        RequestTokens.Begin(stack, "ExecuteChangeSet", token);
        // Executing one drops the others: they were planned against a state that is gone.
        stack.ChangeSets.Clear();
        stack.Settings = stack.Settings with { Capabilities = changeSet.Capabilities };
        if (changeSet.Type == "CREATE")
        {
            stack.Definition = changeSet.Definition;
            new StackCreation(region, stack).Start();
        }
        else new StackUpdate(region, stack).Start(changeSet.Definition, request.Flag("DisableRollback"));
        return [];
    }

    public static JsonObject DeleteChangeSet(AwsRegion region, JsonObject request)
    {
        var (stack, changeSet) = Find(region, request);
        stack.ChangeSets.Remove(changeSet.Name);
        return [];
    }

    public static JsonObject ListChangeSets(AwsRegion region, JsonObject request)
    {
        var stack = region.Stacks.Get(request.Text("StackName"));
        return new JsonObject { ["Summaries"] = stack.ChangeSets.Values.Select(changeSet => Summary(stack, changeSet)).ToJsonArray() };
    }

    private static Stack ForCreation(AwsRegion region, JsonObject request)
    {
        var name = request.Text("StackName") ?? "";
        StackWrites.CheckName(name);
        if (region.Stacks.Find(name) is { } existing)
        {
            return existing.InReview ? existing : throw AwsErrorException.Validation(
                $"Stack [{name}] already exists and cannot be created again with the changeSet [{request.Text("ChangeSetName")}].");
        }
        var definition = StackRequests.Definition(region, request, previous: null);
        var stack = new Stack(region, name) { Definition = definition, Settings = StackRequests.Settings(request) };
        region.Stacks.Add(stack);
        stack.Enter("REVIEW_IN_PROGRESS", "User Initiated");
        return stack;
    }

    private static (Stack Stack, ChangeSet ChangeSet) Find(AwsRegion region, JsonObject request)
    {
        var name = request.Text("ChangeSetName") ?? "";
        var stacks = request.Text("StackName") is { } stackName ? [region.Stacks.Get(stackName)] : region.Stacks.All;
        var found = stacks.SelectMany(stack => stack.ChangeSets.Values.Select(changeSet => (stack, changeSet)))
            .FirstOrDefault(entry => entry.changeSet.Name == name || entry.changeSet.Id == name);
        return found.changeSet is null ? throw new AwsErrorException("ChangeSetNotFound", $"ChangeSet [{name}] does not exist", 404) : found;
    }

    private static JsonObject Ids(ChangeSet changeSet, Stack stack) => new() { ["Id"] = changeSet.Id, ["StackId"] = stack.Id };

    private static JsonObject Summary(Stack stack, ChangeSet changeSet) => new()
    {
        ["ChangeSetId"] = changeSet.Id,
        ["ChangeSetName"] = changeSet.Name,
        ["StackId"] = stack.Id,
        ["StackName"] = stack.Name,
        ["Description"] = changeSet.Description,
        ["CreationTime"] = changeSet.CreatedAt.Iso(),
        ["Status"] = changeSet.Status,
        ["StatusReason"] = changeSet.StatusReason,
        ["ExecutionStatus"] = changeSet.ExecutionStatus,
    };
}
