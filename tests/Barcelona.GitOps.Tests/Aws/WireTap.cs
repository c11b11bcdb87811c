using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Web;

namespace Barcelona.GitOps.Tests.Aws;

/// <summary>A request as it went out.</summary>
/// <param name="Operation"><c>DescribeStacks</c>: from the target header or the form.</param>
public sealed record WireCall(string Operation, string Body, string Authorization)
{
    public bool IsWrite => !Operation.StartsWith("Describe", StringComparison.Ordinal)
        && !Operation.StartsWith("List", StringComparison.Ordinal)
        && !Operation.StartsWith("Get", StringComparison.Ordinal)
        && Operation != "AssumeRole";

    public string? Form(string key) => HttpUtility.ParseQueryString(Body)[key];
}

/// <summary>Between the SDK and whatever plays AWS: writes down what is asked, and answers itself where a test says so.</summary>
public sealed class WireTap : DelegatingHandler
{
    private readonly ConcurrentQueue<WireCall> _calls = new();
    private readonly ConcurrentDictionary<string, Func<WireCall, HttpResponseMessage?>> _answers = new();
    private readonly ConcurrentDictionary<string, int> _lost = new();

    public IReadOnlyList<WireCall> Calls => [.. _calls];

    public IReadOnlyList<string> Operations => [.. _calls.Select(c => c.Operation)];

    public int Count(string operation) => _calls.Count(c => c.Operation == operation);

    public void Forget() => _calls.Clear();

    /// <summary>Null from the function: let it through.</summary>
    public void Answer(string operation, Func<WireCall, HttpResponseMessage?> answer) => _answers[operation] = answer;

    /// <summary>The next ones are carried out, and nobody hears of it.</summary>
    public void LoseAnswer(string operation, int times = 1) => _lost[operation] = times;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = await CallOf(request, cancellationToken);
        _calls.Enqueue(call);
        if (_answers.GetValueOrDefault(call.Operation)?.Invoke(call) is { } answer)
        {
            answer.RequestMessage = request;
            return answer;
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (_lost.TryGetValue(call.Operation, out var times) && times > 0)
        {
            _lost[call.Operation] = times - 1;
            response.Dispose();
            throw new HttpRequestException("The response was lost.");
        }

        return response;
    }

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1") };

    public static HttpResponseMessage JsonError(string code, string message, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        Json($$"""{"__type":"{{code}}","message":"{{message}}"}""", status);

    public static HttpResponseMessage QueryError(string code, string message, HttpStatusCode status = HttpStatusCode.BadRequest) => new(status)
    {
        Content = new StringContent(
            $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>",
            Encoding.UTF8,
            "text/xml"),
    };

    internal static async Task<WireCall> CallOf(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var operation = request.Headers.TryGetValues("X-Amz-Target", out var target)
            ? target.Single().Split('.')[^1]
            : HttpUtility.ParseQueryString(body)["Action"] ?? request.RequestUri?.PathAndQuery ?? "";
        var authorization = request.Headers.TryGetValues("Authorization", out var values) ? string.Join(",", values) : "";
        return new WireCall(operation, body, authorization);
    }
}
