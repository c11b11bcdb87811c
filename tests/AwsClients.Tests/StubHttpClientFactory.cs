using System.Net;
using System.Text;
using Amazon.Runtime;

namespace AwsClients.Tests;

/// <summary>Answers a client's requests from a queue, without a network, and keeps what was asked. The last answer repeats.</summary>
internal sealed class StubHttpClientFactory : HttpClientFactory
{
    private readonly Queue<Answer> _answers = new();
    private Answer _last = new(HttpStatusCode.OK, "", "text/plain");

    public List<SentRequest> Requests { get; } = [];

    public void AnswerWith(HttpStatusCode status, string body)
    {
        var mediaType = body.StartsWith('<') ? "text/xml" : "application/x-amz-json-1.1";
        _answers.Enqueue(new Answer(status, body, mediaType));
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private HttpResponseMessage NextAnswer(HttpRequestMessage request)
    {
        if (_answers.TryDequeue(out var answer))
        {
            _last = answer;
        }

        return new HttpResponseMessage(_last.Status)
        {
            RequestMessage = request,
            Content = new StringContent(_last.Body, Encoding.UTF8, _last.MediaType),
            Headers = { { "x-amzn-RequestId", "request-id-of-the-header" } },
        };
    }

    private sealed record Answer(HttpStatusCode Status, string Body, string MediaType);

    private sealed class Handler(StubHttpClientFactory owner) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            owner.Requests.Add(await SentRequest.FromAsync(request, cancellationToken));
            return owner.NextAnswer(request);
        }
    }
}
