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
            "sns" => "http://sns.amazonaws.com/doc/2010-03-31/",
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

    /// <summary>EC2's own form: no wrapper around the result, and <c>&lt;item&gt;</c> in lists.</summary>
    public static XElement Ec2Result(AwsRequest request, JsonObject answer, string requestId)
    {
        XNamespace xmlns = "http://ec2.amazonaws.com/doc/2016-11-15/";
        return new XElement(xmlns + (request.Operation + "Response"),
            new XElement(xmlns + "requestId", requestId), Children(xmlns, answer, "item"));
    }

    public static XElement Ec2Error(AwsErrorException error, string requestId) => new("Response",
        new XElement("Errors", new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message))),
        new XElement("RequestID", requestId));

    /// <summary>An answer's elements, with lists as items of one name; Route 53 gives each list a name of its own.</summary>
    public static IEnumerable<XElement> Children(XNamespace xmlns, JsonObject node, string item = "member") =>
        node.Where(property => property.Value is not null).Select(property => Element(xmlns, property.Key, property.Value, item));

    private static XElement Element(XNamespace xmlns, string name, JsonNode? node, string item) => node switch
    {
        JsonObject map => new XElement(xmlns + name, Children(xmlns, map, item)),
        JsonArray list => new XElement(xmlns + name, list.Select(entry => Element(xmlns, item, entry, item))),
        _ => new XElement(xmlns + name, JsonParameters.Text(node)),
    };
}
