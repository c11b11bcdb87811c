using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Barcelona.GitOps.Web;

namespace Barcelona.GitOps.Tests.Web;

public sealed class WebhookEndpointTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("barcelona-web-").FullName;
    private readonly HttpClient _client = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(10) });
    private IntakeHost? _host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IntakeHost Host => _host ?? throw new InvalidOperationException("The host starts before the test.");

    public async ValueTask InitializeAsync()
    {
        _host = await IntakeHost.StartAsync($"Data Source={_folder}/web.db", Cancel);
        _client.BaseAddress = _host.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_signed_push_is_stored_as_sent_and_wakes_the_dispatcher()
    {
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(SignedPush.Request()));

        var stored = Assert.Single(await Host.Deliveries.TakeNewAsync(10, cancellationToken: Cancel));
        Assert.Equal(("d-1", "push"), (stored.Id, stored.Event));
        Assert.Equal(SignedPush.Body, stored.Body);
        Assert.True(await Host.Work.WaitAsync(TimeSpan.FromSeconds(5), Cancel));
    }

    [Fact]
    public async Task A_redelivery_is_acknowledged_and_not_stored_again()
    {
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(SignedPush.Request()));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(SignedPush.Request()));

        Assert.Single(await Host.Deliveries.TakeNewAsync(10, cancellationToken: Cancel));
    }

    [Theory]
    [InlineData("X-GitHub-Event", HttpStatusCode.BadRequest)]
    [InlineData("X-GitHub-Delivery", HttpStatusCode.BadRequest)]
    [InlineData("X-Hub-Signature-256", HttpStatusCode.Unauthorized)]
    public async Task A_missing_header_is_refused(string header, HttpStatusCode expected)
    {
        using var request = SignedPush.Request();
        request.Headers.Remove(header);

        await RefusedAsync(request, expected);
    }

    [Theory]
    [InlineData("X-GitHub-Event")]
    [InlineData("X-GitHub-Delivery")]
    public async Task A_header_that_is_too_long_or_has_odd_characters_is_refused(string header)
    {
        foreach (var value in new[] { new string('x', 65), "a b", "a/b", "a\"b" })
        {
            using var request = SignedPush.Request();
            request.Headers.Remove(header);
            request.Headers.TryAddWithoutValidation(header, value);

            await RefusedAsync(request, HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    public async Task A_body_that_is_not_announced_as_json_is_refused(string? contentType)
    {
        using var request = SignedPush.Request();
        Content(request).Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);

        await RefusedAsync(request, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_charset_beside_the_content_type_is_fine()
    {
        using var request = SignedPush.Request();
        Content(request).Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(request));
    }

    [Theory]
    [InlineData("sha256=00")]
    [InlineData("sha256=")]
    [InlineData("sha1=d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("not a signature")]
    public async Task A_malformed_signature_is_refused(string signature)
    {
        using var request = WithSignature(signature);

        await RefusedAsync(request, HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("another secret")]
    [InlineData("")]
    public async Task A_signature_that_does_not_match_is_refused(string secret)
    {
        using var request = WithSignature(SignedPush.Sign(SignedPush.Body, secret));

        await RefusedAsync(request, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_signature_in_upper_case_is_the_same_signature()
    {
        using var request = WithSignature("sha256=" + SignedPush.Sign(SignedPush.Body)[7..].ToUpperInvariant());

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(request));
    }

    [Fact]
    public async Task The_previous_secret_is_accepted_until_it_is_taken_away()
    {
        using (var old = SignedPush.Request(delivery: "d-1", secret: IntakeHost.PreviousSecret))
            Assert.Equal(HttpStatusCode.Accepted, await SendAsync(old));

        Host.Set("GitHub:PreviousWebhookSecret", null);

        using var tooOld = SignedPush.Request(delivery: "d-2", secret: IntakeHost.PreviousSecret);
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(tooOld));
    }

    [Fact]
    public async Task A_secret_changed_while_running_holds_from_the_next_request()
    {
        using (var before = SignedPush.Request(delivery: "d-1"))
            Assert.Equal(HttpStatusCode.Accepted, await SendAsync(before));

        Host.Set("GitHub:WebhookSecret", "rotated");

        using var after = SignedPush.Request(delivery: "d-2", secret: "rotated");
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(after));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"ref\":}")]
    [InlineData("{} {}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("payload=%7B%7D")]
    public async Task A_signed_body_that_is_no_json_object_is_refused(string body)
    {
        using var request = SignedPush.Request(Encoding.UTF8.GetBytes(body));

        await RefusedAsync(request, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_event_that_nobody_asked_for_is_acknowledged_and_not_stored()
    {
        using var request = SignedPush.Request();
        request.Headers.Remove("X-GitHub-Event");
        request.Headers.Add("X-GitHub-Event", "star");

        await RefusedAsync(request, HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_body_in_chunks_is_stored_like_any_other()
    {
        var body = JsonOf(3 * 1024 * 1024);
        using var request = Chunked(SignedPush.Request(body), body);

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(request));
        Assert.Equal(body, Assert.Single(await Host.Deliveries.TakeNewAsync(1, cancellationToken: Cancel)).Body);
    }

    [Fact]
    public async Task The_largest_body_that_GitHub_sends_is_stored()
    {
        var body = JsonOf(WebhookBody.MaxLength);
        using var request = SignedPush.Request(body);

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(request));
        Assert.Equal(body, Assert.Single(await Host.Deliveries.TakeNewAsync(1, cancellationToken: Cancel)).Body);
    }

    [Fact]
    public async Task A_body_announced_as_too_large_is_refused_before_it_is_sent()
    {
        using var request = SignedPush.Request();
        request.Headers.ExpectContinue = true;
        var sent = false;
        request.Content = new Announced(WebhookBody.MaxLength + 1, () => sent = true);
        request.Content.Headers.ContentType = new("application/json");

        await RefusedAsync(request, HttpStatusCode.RequestEntityTooLarge);
        Assert.False(sent);
    }

    [Fact]
    public async Task Chunks_that_grow_too_large_are_refused()
    {
        var body = JsonOf(WebhookBody.MaxLength + 1);
        using var request = Chunked(SignedPush.Request(body), body);

        await RefusedAsync(request, HttpStatusCode.RequestEntityTooLarge);
    }

    private static byte[] JsonOf(int length) => Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', length - 8)}\"}}");

    private static HttpRequestMessage WithSignature(string signature)
    {
        var request = SignedPush.Request();
        request.Headers.Remove("X-Hub-Signature-256");
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
        return request;
    }

    private static HttpRequestMessage Chunked(HttpRequestMessage request, byte[] body)
    {
        request.Content = new StreamContent(new MemoryStream(body));
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
        return request;
    }

    private static HttpContent Content(HttpRequestMessage request) => Assert.IsAssignableFrom<HttpContent>(request.Content);

    private async Task RefusedAsync(HttpRequestMessage request, HttpStatusCode expected)
    {
        Assert.Equal(expected, await SendAsync(request));
        Assert.Empty(await Host.Deliveries.TakeNewAsync(10, cancellationToken: Cancel));
    }

    private async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request, Cancel);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
        return response.StatusCode;
    }

    /// <summary>A body that is announced, and notices when somebody wants it.</summary>
    private sealed class Announced(long length, Action sent) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            sent();
            return Task.CompletedTask;
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
