using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace AwsClients.Wire;

/// <summary>Reads the XML responses and errors of the AWS query protocol.</summary>
internal sealed class QueryUnmarshaller(string? resultWrapper, Func<XElement, AmazonWebServiceResponse> read, ErrorFactory makeError)
    : XmlResponseUnmarshaller
{
    // What a server says must not make the client open files or expand entities.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        using var reader = XmlReader.Create(input.Stream, Settings);
        var root = XElement.Load(reader);
        var response = read(resultWrapper is null ? root : XmlRead.Child(root, resultWrapper) ?? root);
        if (XmlRead.Child(root, "ResponseMetadata") is { } metadata && XmlRead.Child(metadata, "RequestId") is { } requestId)
        {
            response.ResponseMetadata = new ResponseMetadata { RequestId = requestId.Value };
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
        error.InnerException = innerException;
        error.StatusCode = statusCode;
        return makeError(error);
    }
}
