using System.Net;
using Amazon.CloudFormation.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;

namespace AwsClients.Tests.Wire;

public sealed class ErrorTests
{
    private readonly StubHttpClientFactory _http = new();

    [Fact]
    public async Task A_modeled_json_error_has_its_own_exception()
    {
        _http.AnswerWith(HttpStatusCode.BadRequest, """{"__type":"com.amazonaws.ecs#ClusterNotFoundException","message":"Cluster not found."}""");
        using var client = Clients.Ecs(_http);

        var exception = await Assert.ThrowsAsync<ClusterNotFoundException>(
            () => client.DescribeServicesAsync(new DescribeServicesRequest { Services = ["web"] }, TestContext.Current.CancellationToken));

        Assert.Equal(
            ("ClusterNotFoundException", "Cluster not found.", HttpStatusCode.BadRequest, "request-id-of-the-header"),
            (exception.ErrorCode, exception.Message, exception.StatusCode, exception.RequestId));
    }

    [Fact]
    public async Task A_modeled_query_error_is_found_by_its_code_which_is_not_its_name()
    {
        _http.AnswerWith(HttpStatusCode.NotFound, "<ErrorResponse><Error><Type>Sender</Type><Code>ChangeSetNotFound</Code>" +
            "<Message>ChangeSet [x] does not exist</Message></Error><RequestId>r1</RequestId></ErrorResponse>");
        using var client = Clients.CloudFormation(_http);

        var exception = await Assert.ThrowsAsync<ChangeSetNotFoundException>(
            () => client.DescribeChangeSetAsync(new DescribeChangeSetRequest { ChangeSetName = "x" }, TestContext.Current.CancellationToken));

        Assert.Equal((ErrorType.Sender, "r1"), (exception.ErrorType, exception.RequestId));
    }

    [Fact]
    public async Task An_error_that_no_model_knows_is_the_services_base_exception()
    {
        _http.AnswerWith(HttpStatusCode.BadRequest, """{"__type":"BrandNewException","Message":"new"}""");
        using var client = Clients.Ecs(_http);

        var exception = await Assert.ThrowsAsync<AmazonECSException>(
            () => client.ListClustersAsync(new ListClustersRequest(), TestContext.Current.CancellationToken));

        Assert.Equal(("BrandNewException", "new"), (exception.ErrorCode, exception.Message));
    }
}
