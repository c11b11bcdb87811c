using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AwsClients.Wire;

/// <summary>Writes requests of the AWS query protocol: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html</summary>
internal sealed class QueryRequestMarshaller(
    string serviceName, string apiVersion, string action, Action<AmazonWebServiceRequest, IDictionary<string, string>> write)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, serviceName);
        request.Parameters.Add("Action", action);
        request.Parameters.Add("Version", apiVersion);
        write(input, request.Parameters);
        return request;
    }
}
