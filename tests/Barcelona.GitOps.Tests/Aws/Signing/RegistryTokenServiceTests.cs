using Amazon.Runtime;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Images;
using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Tests.Aws.Moto;
using Barcelona.GitOps.Tests.Registries;
using Microsoft.AspNetCore.Http;

namespace Barcelona.GitOps.Tests.Aws.Signing;

/// <summary>ECR's token: the request is signed by hand, and its signature is worked out once more from what arrived.</summary>
public sealed class RegistryTokenServiceTests(MotoServer moto)
{
    private const string Secret = "a-secret";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("a-session-token")]
    public async Task The_request_is_signed_for_ECR_in_the_registrys_region(string token)
    {
        // AWS:a:b
        var (login, request) = await AskAsync(200, """{"authorizationData": [{"authorizationToken": "QVdTOmE6Yg==", "expiresAt": 1.8e9}]}""", token);

        Assert.Equal(("AWS", "a:b"), (login.Username, login.RevealPassword()));
        Assert.Equal(("POST", "/", "{}"), (request.Method, request.Path, request.Body));
        Assert.Equal("AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken", request.Headers["x-amz-target"]);
        Assert.Equal("application/x-amz-json-1.1", request.Headers["content-type"]);
        Assert.Equal($"an-id/{request.Date[..8]}/eu-west-1/ecr/aws4_request", request.Credential);
        Assert.Equal(token.Length > 0, request.SignedHeaders.Contains("x-amz-security-token"));
        Assert.Equal(request.Expected(Secret), request.Signature);
    }

    [Fact]
    public async Task A_permission_that_is_missing_is_named_and_a_breakdown_is_none()
    {
        var denied = await Assert.ThrowsAsync<AwsDeniedException>(() => AskAsync(
            400,
            """
            {"__type": "com.amazonaws.ecr#AccessDeniedException",
             "Message": "User: x is not authorized to perform: ecr:GetAuthorizationToken on resource: *"}
            """));
        Assert.Equal("ecr:GetAuthorizationToken", denied.Action);

        await Assert.ThrowsAsync<AwsUnavailableException>(() => AskAsync(503, "<html>"));
    }

    [Fact]
    public async Task Moto_understands_it()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Stop));

        Assert.Equal("AWS", (await aws.Session.Ecr.GetAuthorizationTokenAsync("eu-west-1", Stop)).Username);
    }

    [Theory]
    [InlineData("eu-west-1", "https://api.ecr.eu-west-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://api.ecr.cn-north-1.amazonaws.com.cn/")]
    public void Each_region_has_its_own(string region, string url) => Assert.Equal(url, RegistryTokenService.Public(region).AbsoluteUri);

    private static async Task<(RegistryLogin Login, Arrived Request)> AskAsync(int status, string body, string token = "")
    {
        Arrived? arrived = null;
        await using var server = await StrangeRegistry.StartAsync(async context =>
        {
            arrived = await Arrived.OfAsync(context.Request);
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
        AWSCredentials credentials = token.Length > 0 ? new SessionAWSCredentials("an-id", Secret, token) : new BasicAWSCredentials("an-id", Secret);
        using var http = new HttpClient(new SocketsHttpHandler());
        var login = await new RegistryTokenService(credentials, http, server.Url).GetAuthorizationTokenAsync("eu-west-1", Stop);
        return (login, Assert.IsType<Arrived>(arrived));
    }
}
