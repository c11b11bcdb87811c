using Amazon.Runtime;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Districts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Barcelona.GitOps.Tests.Aws.Signing;

/// <summary>
/// The request that is signed by hand, as a server sees it: its signature is worked out once more from what arrived.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
public sealed class HostedZonesTests : IAsyncLifetime
{
    private const string Secret = "a-secret";

    private const string Zone = """
        <GetHostedZoneResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZone><Id>/hostedzone/Z1</Id>
        <Name>example.com.</Name><Config><PrivateZone>false</PrivateZone></Config></HostedZone></GetHostedZoneResponse>
        """;

    private readonly List<Arrived> _arrived = [];
    private (int Status, string Body) _answer = (200, Zone);
    private WebApplication? _server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.Map("/{**path}", async context =>
        {
            _arrived.Add(await Arrived.OfAsync(context.Request));
            context.Response.StatusCode = _answer.Status;
            await context.Response.WriteAsync(_answer.Body);
        });
        await _server.StartAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("", "Z0123456789ABC")]
    [InlineData("a-session-token", "Z0123456789ABC")]
    [InlineData("", "no zone/at all")]
    public async Task The_request_is_signed_for_Route_53_in_the_region_of_its_partition(string token, string id)
    {
        var zone = await AskAsync(id, token);

        Assert.Equal(("example.com.", false), (zone?.Name, zone?.IsPrivate));
        var request = Assert.Single(_arrived);
        Assert.Equal("GET", request.Method);
        Assert.StartsWith("/2013-04-01/hostedzone/", request.Path, StringComparison.Ordinal);
        Assert.Equal($"an-id/{request.Date[..8]}/us-east-1/route53/aws4_request", request.Credential);
        Assert.Contains("host", request.SignedHeaders);
        Assert.Contains("x-amz-date", request.SignedHeaders);
        Assert.Equal(token.Length > 0, request.SignedHeaders.Contains("x-amz-security-token"));
        Assert.Equal(request.Expected(Secret), request.Signature);
    }

    [Theory]
    [InlineData(404, "NoSuchHostedZone", "No hosted zone found with ID: Z1")]
    [InlineData(400, "InvalidInput", "Z1 is no id")]
    public async Task A_zone_that_the_account_has_not_is_null(int status, string code, string message)
    {
        _answer = (status, Error(code, message));

        Assert.Null(await AskAsync("Z1"));
    }

    [Theory]
    [InlineData(400, "Throttling")]
    [InlineData(400, "PriorRequestNotComplete")]
    [InlineData(500, "InternalFailure")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task What_passes_is_waited_for(int status, string code)
    {
        _answer = (status, Error(code, "Rate exceeded"));

        await Assert.ThrowsAsync<AwsUnavailableException>(() => AskAsync("Z1"));
    }

    [Fact]
    public async Task An_answer_of_something_on_the_way_is_waited_for()
    {
        _answer = (502, "<html>Bad Gateway");

        await Assert.ThrowsAsync<AwsUnavailableException>(() => AskAsync("Z1"));
    }

    [Fact]
    public async Task A_permission_that_is_missing_is_named_in_the_words_of_AWS()
    {
        _answer = (403, Error("AccessDenied", "User: barcelona is not authorized to perform: route53:GetHostedZone on resource: hostedzone/Z1"));

        var denied = await Assert.ThrowsAsync<AwsDeniedException>(() => AskAsync("Z1"));

        Assert.Equal("route53:GetHostedZone", denied.Action);
        Assert.DoesNotContain("<", denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_AWS_does_not_take_are_no_missing_zone()
    {
        _answer = (403, Error("SignatureDoesNotMatch", "The request signature we calculated does not match."));

        var error = await Assert.ThrowsAsync<AwsDeniedException>(() => AskAsync("Z1"));

        Assert.True(error.IsOfCredentials);
        Assert.Contains("SignatureDoesNotMatch", error.Message, StringComparison.Ordinal);
    }

    private async Task<HostedZone?> AskAsync(string id, string token = "")
    {
        AWSCredentials credentials = token.Length > 0 ? new SessionAWSCredentials("an-id", Secret, token) : new BasicAWSCredentials("an-id", Secret);
        using var http = new HttpClient(new SocketsHttpHandler());
        var url = new Uri(_server?.Urls.First() ?? "");
        return await new HostedZones(credentials, http, url, HostedZones.Public("ap-northeast-1").Region).GetHostedZoneAsync(id, Stop);
    }

    private static string Error(string code, string message) => $"""
        <ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Error><Type>Sender</Type><Code>{code}</Code>
        <Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>
        """;
}
