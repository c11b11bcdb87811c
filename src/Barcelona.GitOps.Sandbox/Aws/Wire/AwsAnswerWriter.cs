using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>Writes an answer or an error in the caller's protocol.</summary>
internal static class AwsAnswerWriter
{
    public static Task WriteAsync(HttpContext context, AwsRequest request, JsonObject answer)
    {
        var id = Guid.NewGuid().ToString();
        return request.Protocol switch
        {
            WireProtocol.Json => SendAsync(context, id, "application/x-amz-json-1.1", answer.ToJsonString()),
            WireProtocol.Query => SendAsync(context, id, "text/xml", Xml(QueryAnswer.Result(request, answer, id))),
            WireProtocol.Ec2 => SendAsync(context, id, "text/xml", Xml(QueryAnswer.Ec2Result(request, answer, id))),
            WireProtocol.Dns => SendAsync(context, id, "text/xml", Xml(DnsAnswer.Result(request, answer))),
            _ => SendAsync(context, id, "application/octet-stream", answer.Text("Body") ?? ""),
        };
    }

    public static Task WriteErrorAsync(HttpContext context, WireProtocol protocol, AwsErrorException error)
    {
        var id = Guid.NewGuid().ToString();
        context.Response.StatusCode = error.Status;
        if (protocol == WireProtocol.Json) context.Response.Headers["x-amzn-ErrorType"] = error.Code;
        return protocol switch
        {
            WireProtocol.Json => SendAsync(context, id, "application/x-amz-json-1.1", JsonError(error)),
            WireProtocol.Query => SendAsync(context, id, "text/xml", Xml(QueryAnswer.Error(error, id))),
            WireProtocol.Ec2 => SendAsync(context, id, "text/xml", Xml(QueryAnswer.Ec2Error(error, id))),
            WireProtocol.Dns => SendAsync(context, id, "text/xml", Xml(DnsAnswer.Error(error, id))),
            _ => SendAsync(context, id, "application/xml",
                Xml(new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message), new XElement("RequestId", id)))),
        };
    }

    // ECS and the others write "message", Secrets Manager "Message": the SDK reads either.
    private static string JsonError(AwsErrorException error)
    {
        var answer = error.More.Copy();
        (answer["__type"], answer["message"]) = (error.Code, error.Message);
        return answer.ToJsonString();
    }

    private static string Xml(XElement element) => element.ToString(SaveOptions.DisableFormatting);

    private static async Task SendAsync(HttpContext context, string requestId, string contentType, string body)
    {
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        context.Response.ContentType = contentType;
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.ContentLength = bytes.Length;
        // A HEAD answer has the length and no body.
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
