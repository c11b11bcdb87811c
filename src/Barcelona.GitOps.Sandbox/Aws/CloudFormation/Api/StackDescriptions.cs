using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Api;

/// <summary>Stacks, resources and events as the answers show them.</summary>
internal static class StackDescriptions
{
    public static JsonObject Stack(Stack stack) => new()
    {
        ["StackId"] = stack.Id,
        ["StackName"] = stack.Name,
        ["Description"] = stack.Definition.Template.Description,
        ["Parameters"] = stack.Definition.Parameters.Values.Select(parameter => parameter.Describe()).ToJsonArray(),
        ["CreationTime"] = stack.CreatedAt.Iso(),
        ["LastUpdatedTime"] = stack.UpdatedAt?.Iso(),
        ["DeletionTime"] = stack.DeletedAt?.Iso(),
        ["RollbackConfiguration"] = stack.Settings.RollbackConfiguration?.Copy() ?? [],
        ["StackStatus"] = stack.Status,
        ["StackStatusReason"] = stack.StatusReason,
        ["DisableRollback"] = stack.Settings.OnFailure == "DO_NOTHING",
        ["NotificationARNs"] = stack.Settings.NotificationArns.ToJsonArray(),
        ["TimeoutInMinutes"] = stack.Settings.TimeoutInMinutes,
        ["Capabilities"] = stack.Settings.Capabilities.ToJsonArray(),
        ["Outputs"] = stack.Outputs.Select(Output).ToJsonArray(),
        ["RoleARN"] = stack.Settings.RoleArn,
        ["Tags"] = stack.Definition.Tags.Select(tag => tag.Copy()).ToJsonArray(),
        ["EnableTerminationProtection"] = stack.Settings.TerminationProtection,
        ["DriftInformation"] = new JsonObject { ["StackDriftStatus"] = "NOT_CHECKED" },
    };

    public static JsonObject Summary(Stack stack) => new()
    {
        ["StackId"] = stack.Id,
        ["StackName"] = stack.Name,
        ["TemplateDescription"] = stack.Definition.Template.Description,
        ["CreationTime"] = stack.CreatedAt.Iso(),
        ["LastUpdatedTime"] = stack.UpdatedAt?.Iso(),
        ["DeletionTime"] = stack.DeletedAt?.Iso(),
        ["StackStatus"] = stack.Status,
        ["StackStatusReason"] = stack.StatusReason,
    };

    public static JsonObject Event(Stack stack, StackEvent stackEvent) => new()
    {
        ["StackId"] = stack.Id,
        ["EventId"] = stackEvent.EventId,
        ["StackName"] = stack.Name,
        ["LogicalResourceId"] = stackEvent.LogicalId,
        ["PhysicalResourceId"] = stackEvent.PhysicalId,
        ["ResourceType"] = stackEvent.Type,
        ["Timestamp"] = stackEvent.At.Iso(),
        ["ResourceStatus"] = stackEvent.Status,
        ["ResourceStatusReason"] = stackEvent.Reason,
        ["ClientRequestToken"] = stackEvent.Token,
    };

    /// <param name="timestamp">The name of the time, which differs between the three operations.</param>
    public static JsonObject Resource(Stack stack, StackResource resource, string timestamp)
    {
        var answer = new JsonObject
        {
            ["LogicalResourceId"] = resource.LogicalId,
            ["PhysicalResourceId"] = resource.PhysicalId.Length == 0 ? null : resource.PhysicalId,
            ["ResourceType"] = resource.Type,
            [timestamp] = resource.ChangedAt.Iso(),
            ["ResourceStatus"] = resource.Status,
            ["ResourceStatusReason"] = resource.StatusReason,
        };
        // ListStackResources leaves the stack out: it was the question.
        if (timestamp == "Timestamp" || timestamp == "LastUpdatedTimestamp")
        {
            answer["StackId"] = stack.Id;
            answer["StackName"] = stack.Name;
        }
        return answer;
    }

    private static JsonObject Output(StackOutput output) => new()
    {
        ["OutputKey"] = output.Key,
        ["OutputValue"] = output.Value,
        ["Description"] = output.Description,
        ["ExportName"] = output.ExportName,
    };
}
