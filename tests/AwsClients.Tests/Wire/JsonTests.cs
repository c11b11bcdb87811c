using System.Net;
using Amazon.CloudWatchLogs.Model;
using Amazon.ECS.Model;

namespace AwsClients.Tests.Wire;

public sealed class JsonTests
{
    private readonly StubHttpClientFactory _http = new();

    [Fact]
    public async Task Only_what_is_set_is_sent_and_an_empty_list_counts_as_set()
    {
        _http.AnswerWith(HttpStatusCode.OK, "{}");
        using var client = Clients.Ecs(_http);

        await client.UpdateServiceAsync(
            new UpdateServiceRequest { Service = "web", DesiredCount = 0, LoadBalancers = [] },
            TestContext.Current.CancellationToken);

        var request = Assert.Single(_http.Requests);
        Assert.Equal("""{"desiredCount":0,"loadBalancers":[],"service":"web"}""", request.Body);
        Assert.Equal("AmazonEC2ContainerServiceV20141113.UpdateService", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", request.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Absent_lists_are_null_and_unknown_members_are_skipped()
    {
        _http.AnswerWith(HttpStatusCode.OK, """{"services":[],"brandNew":{"deep":[1,{"a":null}]}}""");
        using var client = Clients.Ecs(_http);

        var response = await client.DescribeServicesAsync(new DescribeServicesRequest(), TestContext.Current.CancellationToken);

        Assert.Empty(response.Services);
        Assert.Null(response.Failures);
    }

    [Fact]
    public async Task Times_of_log_events_are_whole_milliseconds_both_ways()
    {
        _http.AnswerWith(HttpStatusCode.OK, """{"events":[{"timestamp":1767323045678,"message":"started"}]}""");
        using var client = Clients.Logs(_http);
        var time = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

        var response = await client.GetLogEventsAsync(
            new GetLogEventsRequest { LogGroupName = "g", LogStreamName = "s", StartTime = time },
            TestContext.Current.CancellationToken);

        Assert.Contains("\"startTime\":1767323045678", Assert.Single(_http.Requests).Body, StringComparison.Ordinal);
        Assert.Equal(time, Assert.Single(response.Events).Timestamp);
    }
}
