using System.Net;
using AwsClients.Tests.Parity.Samples;

namespace AwsClients.Tests.Parity;

/// <summary>One way to call every operation of a service: with what, and how the service answers.</summary>
internal sealed record Call(bool IsFilled, string? ErrorCode)
{
    public static Call Filled { get; } = new(IsFilled: true, ErrorCode: null);

    public static Call Empty { get; } = new(IsFilled: false, ErrorCode: null);

    public static Call Failing(string errorCode) => new(IsFilled: false, errorCode);

    public HttpStatusCode Status => ErrorCode is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest;

    public object Request(Type type, Type generated) => IsFilled ? SampleRequest.Filled(type, generated) : Reflected.New(type);

    public string Body(string service, string operation, Type response) => (SpeaksQuery(service), ErrorCode) switch
    {
        (true, null) => SampleResponse.Xml(operation, response),
        (true, _) => "<ErrorResponse><Error><Type>Sender</Type>" +
            $"<Code>{ErrorCode}</Code><Message>m &amp; x</Message></Error><RequestId>request-id-of-the-error</RequestId></ErrorResponse>",
        (false, null) => SampleResponse.Json(response),
        (false, _) => $$"""{"__type":"com.amazonaws#{{ErrorCode}}","message":"m & x"}""",
    };

    private static bool SpeaksQuery(string service) => service == "SecurityToken";
}
