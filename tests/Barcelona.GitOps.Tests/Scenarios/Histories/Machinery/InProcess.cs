using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Barcelona.GitOps.Tests.Scenarios.Histories.Machinery;

/// <summary>Requests as they would come over a socket, without one: a history makes hundreds, and there are thousands of histories.</summary>
internal static class InProcess
{
    /// <exception cref="HttpRequestException">The server dropped the connection.</exception>
    public static async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Func<HttpContext, Task> server)
    {
        var sent = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync();
        using var connection = new Connection();
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(connection);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        Fill(context.Request, request, sent);
        await server(context);
        return connection.IsAborted
            ? throw new HttpRequestException(
                HttpRequestError.ResponseEnded, "The connection was dropped.", new HttpIOException(HttpRequestError.ResponseEnded))
            : AnswerOf(context.Response, answer.ToArray(), request);
    }

    private static void Fill(HttpRequest into, HttpRequestMessage from, byte[] body)
    {
        var url = from.RequestUri ?? throw new ArgumentException("A request without an address.", nameof(from));
        (into.Method, into.Scheme, into.Protocol) = (from.Method.Method, url.Scheme, "HTTP/1.1");
        var parts = url.PathAndQuery.Split('?', 2);
        (into.Host, into.Path) = (new(url.Authority), PathString.FromUriComponent(parts[0]));
        into.QueryString = parts.Length > 1 ? new($"?{parts[1]}") : default;
        foreach (var (name, values) in from.Headers.NonValidated.Concat(from.Content?.Headers.NonValidated ?? default))
        {
            into.Headers[name] = values.ToArray();
        }

        into.ContentLength = from.Content is null ? null : body.Length;
        into.Body = new MemoryStream(body, writable: false);
    }

    private static HttpResponseMessage AnswerOf(HttpResponse from, byte[] body, HttpRequestMessage request)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)from.StatusCode) { RequestMessage = request, Content = new ByteArrayContent(body) };
        foreach (var (name, values) in from.Headers)
        {
            if (!answer.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                answer.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return answer;
    }

    private sealed class Connection : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();

        public bool IsAborted => _aborted.IsCancellationRequested;

        public CancellationToken RequestAborted { get => _aborted.Token; set => throw new NotSupportedException(); }

        public void Abort() => _aborted.Cancel();

        public void Dispose() => _aborted.Dispose();
    }
}

/// <summary>The end of a client's line.</summary>
internal sealed class InProcessHandler(Func<HttpRequestMessage, Task<HttpResponseMessage>> send) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => send(request);
}
