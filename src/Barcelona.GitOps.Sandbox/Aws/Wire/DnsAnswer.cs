using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>The XML of Route 53.</summary>
internal static class DnsAnswer
{
    private static readonly XNamespace Xmlns = "https://route53.amazonaws.com/doc/2013-04-01/";

    public static XElement Result(AwsRequest request, JsonObject answer) =>
        new(Xmlns + (request.Operation + "Response"), QueryAnswer.Children(Xmlns, answer, "NameServer"));

    public static XElement Error(AwsErrorException error, string requestId) => new(Xmlns + "ErrorResponse",
        new XElement(Xmlns + "Error",
            new XElement(Xmlns + "Type", error.Status < 500 ? "Sender" : "Receiver"),
            new XElement(Xmlns + "Code", error.Code),
            new XElement(Xmlns + "Message", error.Message)),
        new XElement(Xmlns + "RequestId", requestId));
}
