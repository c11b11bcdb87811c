using System.Net;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

namespace AwsClients.Tests.Wire;

public sealed class QueryTests
{
    private readonly StubHttpClientFactory _http = new();

    [Fact]
    public async Task Lists_of_structures_are_numbered_fields()
    {
        _http.AnswerWith(HttpStatusCode.OK, """
            <CreateStackResponse><CreateStackResult><StackId>arn:x</StackId></CreateStackResult></CreateStackResponse>
            """);
        using var client = Clients.CloudFormation(_http);

        var response = await client.CreateStackAsync(
            new CreateStackRequest
            {
                StackName = "web",
                Parameters =
                [
                    new Parameter { ParameterKey = "A", ParameterValue = "1 & 2" },
                    new Parameter { ParameterKey = "B", UsePreviousValue = true },
                ],
                Capabilities = ["CAPABILITY_IAM"],
                TimeoutInMinutes = 5,
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("arn:x", response.StackId);
        var expected = new Dictionary<string, string>
        {
            ["Action"] = "CreateStack",
            ["Version"] = "2010-05-15",
            ["StackName"] = "web",
            ["Parameters.member.1.ParameterKey"] = "A",
            ["Parameters.member.1.ParameterValue"] = "1 & 2",
            ["Parameters.member.2.ParameterKey"] = "B",
            ["Parameters.member.2.UsePreviousValue"] = "true",
            ["Capabilities.member.1"] = "CAPABILITY_IAM",
            ["TimeoutInMinutes"] = "5",
        };
        Assert.Equal(expected.OrderBy(field => field.Key), Fields().OrderBy(field => field.Key));
    }

    [Fact]
    public async Task An_empty_list_is_sent_as_none_and_a_list_that_is_not_set_is_left_out()
    {
        _http.AnswerWith(HttpStatusCode.OK, "<UpdateStackResponse><UpdateStackResult/></UpdateStackResponse>");
        using var client = Clients.CloudFormation(_http);

        await client.UpdateStackAsync(new UpdateStackRequest { StackName = "web", Tags = [] }, TestContext.Current.CancellationToken);

        Assert.Equal("", Fields()["Tags"]);
        Assert.DoesNotContain("Parameters", Fields().Keys);
    }

    [Fact]
    public async Task An_empty_list_in_xml_is_null()
    {
        _http.AnswerWith(HttpStatusCode.OK, "<ListStacksResponse><ListStacksResult><StackSummaries/></ListStacksResult></ListStacksResponse>");
        using var client = Clients.CloudFormation(_http);

        var response = await client.ListStacksAsync(new ListStacksRequest(), TestContext.Current.CancellationToken);

        Assert.Null(response.StackSummaries);
    }

    [Fact]
    public async Task Values_of_a_response_have_their_types()
    {
        _http.AnswerWith(HttpStatusCode.OK, """
            <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
              <DescribeStacksResult>
                <Stacks>
                  <member>
                    <StackStatus>BRAND_NEW_STATUS</StackStatus>
                    <CreationTime>2026-01-02T03:04:05.678Z</CreationTime>
                    <DisableRollback>true</DisableRollback>
                  </member>
                </Stacks>
              </DescribeStacksResult>
            </DescribeStacksResponse>
            """);
        using var client = Clients.CloudFormation(_http);

        var response = await client.DescribeStacksAsync(TestContext.Current.CancellationToken);

        var stack = Assert.Single(response.Stacks);
        Assert.Equal(new StackStatus("BRAND_NEW_STATUS"), stack.StackStatus);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), stack.CreationTime);
        Assert.Equal(DateTimeKind.Utc, stack.CreationTime?.Kind);
        Assert.True(stack.DisableRollback);
    }

    [Fact]
    public async Task Pages_are_followed_by_their_token()
    {
        _http.AnswerWith(HttpStatusCode.OK, EventsPage("e1", "<NextToken>page-2</NextToken>"));
        _http.AnswerWith(HttpStatusCode.OK, EventsPage("e2", ""));
        using var client = Clients.CloudFormation(_http);
        var events = new List<string>();

        await foreach (var page in client.Paginators.DescribeStackEvents(new DescribeStackEventsRequest { StackName = "web" }).Responses)
        {
            events.AddRange(page.StackEvents.Select(stackEvent => stackEvent.EventId));
        }

        Assert.Equal(["e1", "e2"], events);
        Assert.Equal("page-2", _http.Requests[1].Fields()["NextToken"]);
    }

    private static string EventsPage(string id, string token) =>
        $"<DescribeStackEventsResponse><DescribeStackEventsResult><StackEvents><member><EventId>{id}</EventId></member></StackEvents>{token}" +
        "</DescribeStackEventsResult></DescribeStackEventsResponse>";

    private IReadOnlyDictionary<string, string> Fields() => Assert.Single(_http.Requests).Fields();
}
