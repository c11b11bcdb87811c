using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Barcelona.GitOps.Core.Reports.Notifications;

namespace Barcelona.GitOps.Aws.Notifications;

/// <summary>The one call that is made to SNS. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html</summary>
/// <param name="endpoint">Null: the public one of the region.</param>
public sealed class Topics(AWSCredentials credentials, HttpClient http, Uri? endpoint, string region)
{
    /// <returns>False: there is no such topic.</returns>
    /// <exception cref="AwsUnavailableException">SNS does not answer.</exception>
    /// <exception cref="AwsDeniedException">The credentials lack the permission.</exception>
    public async Task<bool> PublishAsync(string topicArn, TopicMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await AnswerAsync(Form(topicArn, message), cancellationToken).Translated(cancellationToken);
            return true;
        }
        catch (AmazonServiceException none) when (none.ErrorCode is "NotFound" or "NotFoundException")
        {
            return false;
        }
    }

    /// <summary>https://docs.aws.amazon.com/general/latest/gr/sns.html</summary>
    internal static Uri Public(string region) =>
        new($"https://sns.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}");

    private Task<string> AnswerAsync(byte[] form, CancellationToken cancellationToken) => new SignedCall(credentials, http, ErrorOf).PostAsync(
        ("sns", region, endpoint ?? Public(region)),
        (form, new() { ["Content-Type"] = "application/x-www-form-urlencoded" }),
        cancellationToken);

    private static byte[] Form(string topicArn, TopicMessage message)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("Action", "Publish"), new("Version", "2010-03-31"),
            new("TopicArn", topicArn), new("Subject", message.Subject), new("Message", message.Body),
        ];
        foreach (var (index, (name, value)) in message.Attributes.Index())
        {
            var entry = string.Create(CultureInfo.InvariantCulture, $"MessageAttributes.entry.{index + 1}");
            fields.AddRange(
                [new($"{entry}.Name", name), new($"{entry}.Value.DataType", "String"), new($"{entry}.Value.StringValue", value)]);
        }

        return Encoding.ASCII.GetBytes(string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}")));
    }

    /// <summary>As the SDK's clients throw it, so that it is told apart where all others are.</summary>
    private static AmazonServiceException ErrorOf(HttpStatusCode status, string text)
    {
        var type = status >= HttpStatusCode.InternalServerError ? ErrorType.Receiver : ErrorType.Sender;
        try
        {
            var error = XDocument.Parse(text);
            return new(Value(error, "Message"), type, Value(error, "Code"), Value(error, "RequestId"), status);
        }
        catch (XmlException)
        {
            // Something on the way answered in SNS's place.
            return new(text, type, "", "", status);
        }
    }

    private static string Value(XContainer within, string name) =>
        within.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";
}
