using System.Net;
using System.Reflection;
using Amazon.Runtime;
using AwsClients.Tests.Parity.Samples;

namespace AwsClients.Tests.Parity;

/// <summary>A client of either assembly, called by reflection.</summary>
internal sealed class ClientUnderTest
{
    private readonly object _client;
    private readonly StubHttpClientFactory _http = new();

    public ClientUnderTest(Assembly assembly)
    {
        var types = assembly.GetExportedTypes();
        var config = (ClientConfig)Reflected.New(types.Single(type => type.IsSubclassOf(typeof(ClientConfig))));
        config.ServiceURL = "http://127.0.0.1:1";
        config.AuthenticationRegion = "ap-northeast-1";
        config.HttpClientFactory = _http;
        config.MaxErrorRetry = 0;
        var clientType = types.Single(type => type.IsSubclassOf(typeof(AmazonServiceClient)));
        _client = Activator.CreateInstance(clientType, "access-key", "secret-key", config)
            ?? throw new InvalidOperationException($"{clientType} cannot be made");
    }

    public IEnumerable<MethodInfo> Operations =>
        _client.GetType().GetMethods()
            .Where(method => method.GetParameters() is [var request, _] && IsRequest(request))
            .OrderBy(method => method.Name, StringComparer.Ordinal);

    public MethodInfo Operation(string name) => Operations.Single(method => method.Name == name);

    public async Task<Exchange> CallAsync(MethodInfo operation, object request, HttpStatusCode status, string body)
    {
        _http.Requests.Clear();
        _http.AnswerWith(status, body);
        object? outcome;
        try
        {
            var call = (Task?)operation.Invoke(_client, [request, TestContext.Current.CancellationToken]);
            await (call ?? throw new InvalidOperationException($"{operation} gave no task"));
            outcome = call.GetType().GetProperty("Result")?.GetValue(call);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever a client makes of an answer is to be compared, also the exceptions of its own checks.
            outcome = exception;
        }

        return new Exchange(RequestText.Of(Assert.Single(_http.Requests)), outcome);
    }

    private static bool IsRequest(ParameterInfo parameter) => parameter.ParameterType.IsSubclassOf(typeof(AmazonWebServiceRequest));
}
