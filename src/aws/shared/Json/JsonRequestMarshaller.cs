using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace AwsClients.Wire;

/// <summary>Writes requests of the AWS JSON protocol: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html</summary>
internal sealed class JsonRequestMarshaller(
    string serviceName, string apiVersion, string target, Action<AmazonWebServiceRequest, Utf8JsonWriter> write)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public required string JsonVersion { get; init; }

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, serviceName) { HttpMethod = "POST", ResourcePath = "/" };
        request.Headers["X-Amz-Target"] = target;
        request.Headers["Content-Type"] = "application/x-amz-json-" + JsonVersion;
        request.Headers[HeaderKeys.XAmzApiVersion] = apiVersion;
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
        {
            write(input, writer);
        }

        request.Content = body.ToArray();
        return request;
    }
}
