using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Api;

/// <summary>Reads what requests that bring a template have in common.</summary>
internal static class StackRequests
{
    /// <summary>A template sent in the request itself; larger ones come from S3.</summary>
    private const int LongestBody = 51_200;

    private const int LongestObject = 1_048_576;

    public static StackDefinition Definition(AwsRegion region, JsonObject request, StackDefinition? previous)
    {
        var template = Template(region, request, previous);
        var binder = new ParameterBinder(template, previous?.Parameters ?? new Dictionary<string, BoundParameter>(), region.Parameters.Value);
        var parameters = binder.Bind([.. request.Objects("Parameters")]);
        // Tags that are not given stay as they are; an empty list takes them away.
        var tags = request.ContainsKey("Tags") || previous is null ? [.. request.Objects("Tags").Select(tag => tag.Copy())] : previous.Tags;
        return new StackDefinition(template, parameters, tags);
    }

    public static Template Template(AwsRegion region, JsonObject request, StackDefinition? previous)
    {
        if (request.Text("TemplateBody") is { } body)
        {
            if (Encoding.UTF8.GetByteCount(body) > LongestBody)
                throw TooLong(body, "templateBody", LongestBody);
            return TemplateParser.Parse(body);
        }
        if (request.Text("TemplateURL") is { } url)
        {
            var text = region.Buckets.Fetch(url) ?? throw AwsErrorException.Validation(
                "S3 error: Access Denied For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
            if (Encoding.UTF8.GetByteCount(text) > LongestObject)
                throw AwsErrorException.Validation("Template may not exceed 1048576 bytes in size.");
            return TemplateParser.Parse(text);
        }
        if (request.Flag("UsePreviousTemplate") && previous is not null) return previous.Template;
        throw AwsErrorException.Validation("Either Template URL or Template Body must be specified.");
    }

    public static StackSettings Settings(JsonObject request) => new()
    {
        Capabilities = [.. request.Texts("Capabilities")],
        NotificationArns = [.. request.Texts("NotificationARNs")],
        RoleArn = request.Text("RoleARN"),
        OnFailure = request.Flag("DisableRollback") ? "DO_NOTHING" : request.Text("OnFailure") ?? request.Text("OnStackFailure") ?? "ROLLBACK",
        TerminationProtection = request.Flag("EnableTerminationProtection"),
        RollbackConfiguration = request.Object("RollbackConfiguration")?.Copy(),
        TimeoutInMinutes = request.Number("TimeoutInMinutes"),
    };

    private static AwsErrorException TooLong(string body, string name, int limit) => AwsErrorException.Validation(
        $"1 validation error detected: Value '{body[..40]}...' at '{name}' "
        + $"failed to satisfy constraint: Member must have length less than or equal to {limit}");
}
