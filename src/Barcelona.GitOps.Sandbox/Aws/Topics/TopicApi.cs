using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Topics;

/// <summary>
/// SNS, API version 2010-03-31: what is published is in the log of calls. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
/// </summary>
internal static class TopicApi
{
    private const int LongestSubject = 100, LongestMessage = 262_144;

    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["Publish"] = Publish,
    };

    private static JsonObject Publish(AwsRegion region, JsonObject request)
    {
        var (arn, message) = (request.Text("TopicArn") ?? "", request.Text("Message") ?? "");
        if (!arn.StartsWith("arn:", StringComparison.Ordinal)) throw Invalid("TopicArn Reason: no ARN");
        if (message.Length == 0) throw Invalid("Empty message");
        if (Encoding.UTF8.GetByteCount(message) > LongestMessage) throw Invalid("Message too long");
        if (request.Text("Subject") is { } subject && (subject.Length is 0 or > LongestSubject || subject.Any(c => c is < ' ' or > '~')))
            throw Invalid("Subject");
        foreach (var (name, value) in request.Object("MessageAttributes") ?? [])
        {
            if (name.Length == 0 || value is not JsonObject attribute || attribute.Text("DataType") is not "String"
                || attribute.Text("StringValue") is not { Length: > 0 })
                throw new AwsErrorException(
                    "ParameterValueInvalid", $"The message attribute '{name}' must contain non-empty message attribute value.");
        }

        if (region.Inventory.Find("AWS::SNS::Topic", arn) is null) throw new AwsErrorException("NotFound", "Topic does not exist", 404);
        return new JsonObject { ["MessageId"] = Guid.NewGuid().ToString() };
    }

    private static AwsErrorException Invalid(string what) => new("InvalidParameter", $"Invalid parameter: {what}");
}
