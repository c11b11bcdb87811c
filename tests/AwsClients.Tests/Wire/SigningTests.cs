using System.Net;
using Amazon.CloudFormation.Model;
using Amazon.ECS;
using Amazon.ECS.Model;

namespace AwsClients.Tests.Wire;

public sealed class SigningTests
{
    private readonly StubHttpClientFactory _http = new();

    [Fact]
    public async Task A_custom_url_is_signed_for_the_configured_region_and_service()
    {
        _http.AnswerWith(HttpStatusCode.OK, "{}");
        using var client = Clients.Ecs(_http);

        await client.ListTasksAsync(new ListTasksRequest(), TestContext.Current.CancellationToken);

        Assert.Matches(@"^AWS4-HMAC-SHA256 Credential=access-key/\d{8}/ap-northeast-1/ecs/aws4_request, ", Authorization());
    }

    [Fact]
    public async Task A_query_request_is_signed_too()
    {
        _http.AnswerWith(HttpStatusCode.OK, "<ListStacksResponse><ListStacksResult/></ListStacksResponse>");
        using var client = Clients.CloudFormation(_http);

        await client.ListStacksAsync(new ListStacksRequest(), TestContext.Current.CancellationToken);

        Assert.Contains("/ap-northeast-1/cloudformation/aws4_request, ", Authorization(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_signing_region_a_custom_url_is_signed_for_us_east_1()
    {
        _http.AnswerWith(HttpStatusCode.OK, "{}");
        var config = new AmazonECSConfig { ServiceURL = "http://127.0.0.1:1", HttpClientFactory = _http };
        using var client = new AmazonECSClient(Clients.Credentials(), config);

        await client.ListTasksAsync(new ListTasksRequest(), TestContext.Current.CancellationToken);

        Assert.Contains("/us-east-1/ecs/aws4_request, ", Authorization(), StringComparison.Ordinal);
    }

    private string Authorization() => Assert.Single(_http.Requests).Headers["Authorization"];
}
