using System.Net;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ECS.Model;

namespace AwsClients.Tests.Wire;

/// <summary>AWSSDK.Core retries by the error's code, so the codes of both protocols must reach it.</summary>
public sealed class ThrottlingTests
{
    private const string Throttled = """
        <ErrorResponse>
          <Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error>
          <RequestId>r1</RequestId>
        </ErrorResponse>
        """;

    private const string Stacks = """
        <DescribeStacksResponse>
          <DescribeStacksResult><Stacks><member><StackName>web</StackName></member></Stacks></DescribeStacksResult>
        </DescribeStacksResponse>
        """;

    private readonly StubHttpClientFactory _http = new();

    [Fact]
    public async Task A_throttled_json_request_is_sent_again()
    {
        _http.AnswerWith(HttpStatusCode.BadRequest, """{"__type":"ThrottlingException","message":"Rate exceeded"}""");
        _http.AnswerWith(HttpStatusCode.OK, """{"taskArns":["arn:aws:ecs:ap-northeast-1:1:task/web/1"]}""");
        using var client = Clients.Ecs(_http);

        var response = await client.ListTasksAsync(new ListTasksRequest(), TestContext.Current.CancellationToken);

        Assert.Equal(["arn:aws:ecs:ap-northeast-1:1:task/web/1"], response.TaskArns);
        Assert.Equal(["attempt=1; max=3", "attempt=2; max=3"], _http.Requests.Select(request => request.Headers["amz-sdk-request"]));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, Throttled)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "<html>Service Unavailable</html>")]
    public async Task A_throttled_query_request_is_sent_again(HttpStatusCode status, string body)
    {
        _http.AnswerWith(status, body);
        _http.AnswerWith(HttpStatusCode.OK, Stacks);
        using var client = Clients.CloudFormation(_http);

        var response = await client.DescribeStacksAsync(TestContext.Current.CancellationToken);

        Assert.Equal("web", Assert.Single(response.Stacks).StackName);
        Assert.Equal(2, _http.Requests.Count);
    }

    [Fact]
    public async Task Throttling_without_end_comes_out_as_the_services_exception()
    {
        _http.AnswerWith(HttpStatusCode.BadRequest, Throttled);
        using var client = Clients.CloudFormation(_http);

        var exception = await Assert.ThrowsAsync<AmazonCloudFormationException>(
            () => client.DescribeStacksAsync(TestContext.Current.CancellationToken));

        Assert.Equal("Throttling", exception.ErrorCode);
        Assert.Equal(3, _http.Requests.Count);
    }

    [Fact]
    public async Task A_mistake_in_the_request_is_not_retried()
    {
        _http.AnswerWith(HttpStatusCode.BadRequest, Throttled.Replace("Throttling", "ValidationError", StringComparison.Ordinal));
        using var client = Clients.CloudFormation(_http);

        await Assert.ThrowsAsync<AmazonCloudFormationException>(
            () => client.UpdateStackAsync(new UpdateStackRequest { StackName = "web" }, TestContext.Current.CancellationToken));

        Assert.Single(_http.Requests);
    }
}
