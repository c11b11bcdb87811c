using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>The XML of the query protocol: lists as <c>&lt;member&gt;</c>, absent values left out.</summary>
internal static class QueryAnswer
{
    public static XElement Result(AwsRequest request, JsonObject answer, string requestId)
    {
        XNamespace xmlns = request.Service switch
        {
            "cloudformation" => "http://cloudformation.amazonaws.com/doc/2010-05-15/",
            "elasticloadbalancing" => "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
            _ => "https://sts.amazonaws.com/doc/2011-06-15/",
        };
        return new XElement(xmlns + (request.Operation + "Response"),
            new XElement(xmlns + (request.Operation + "Result"), Children(xmlns, answer)),
            new XElement(xmlns + "ResponseMetadata", new XElement(xmlns + "RequestId", requestId)));
    }

    public static XElement Error(AwsErrorException error, string requestId) =>
        new("ErrorResponse",
            new XElement("Error",
                new XElement("Type", error.Status < 500 ? "Sender" : "Receiver"),
                new XElement("Code", error.Code),
                new XElement("Message", error.Message)),
            new XElement("RequestId", requestId));

    private static IEnumerable<XElement> Children(XNamespace xmlns, JsonObject node) =>
        node.Where(property => property.Value is not null).Select(property => Element(xmlns, property.Key, property.Value));

    private static XElement Element(XNamespace xmlns, string name, JsonNode? node) => node switch
    {
        JsonObject map => new XElement(xmlns + name, Children(xmlns, map)),
        JsonArray list => new XElement(xmlns + name, list.Select(item => Element(xmlns, "member", item))),
        _ => new XElement(xmlns + name, JsonParameters.Text(node)),
    };
}
