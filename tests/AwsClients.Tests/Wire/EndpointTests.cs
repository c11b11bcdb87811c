using Amazon;
using Amazon.CloudFormation;
using Amazon.CloudWatchLogs;
using Amazon.ECS;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.SecretsManager;

namespace AwsClients.Tests.Wire;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("ap-northeast-1", false, false, "https://ecs.ap-northeast-1.amazonaws.com")]
    [InlineData("cn-north-1", false, false, "https://ecs.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-gov-west-1", false, true, "https://ecs-fips.us-gov-west-1.amazonaws.com")]
    [InlineData("eu-west-1", true, false, "https://ecs.eu-west-1.api.aws")]
    public void The_endpoint_follows_the_region_and_its_partition(string region, bool useDualStack, bool useFips, string url)
    {
        var config = new AmazonECSConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseDualstackEndpoint = useDualStack,
            UseFIPSEndpoint = useFips,
        };

        Assert.Equal(url, Endpoint(config));
    }

    public static TheoryData<ClientConfig, string> Services => new()
    {
        { new AmazonCloudFormationConfig(), "https://cloudformation.eu-west-1.amazonaws.com" },
        { new AmazonCloudWatchLogsConfig(), "https://logs.eu-west-1.amazonaws.com" },
        { new AmazonECSConfig(), "https://ecs.eu-west-1.amazonaws.com" },
        { new AmazonElasticLoadBalancingV2Config(), "https://elasticloadbalancing.eu-west-1.amazonaws.com" },
        { new AmazonSecretsManagerConfig(), "https://secretsmanager.eu-west-1.amazonaws.com" },
    };

    [Theory]
    [MemberData(nameof(Services), DisableDiscoveryEnumeration = true)]
    public void Every_service_has_its_host_name(ClientConfig config, string url)
    {
        config.RegionEndpoint = RegionEndpoint.EUWest1;

        Assert.Equal(url, Endpoint(config));
    }

    [Fact]
    public void A_configured_url_wins_and_excludes_fips()
    {
        var config = new AmazonECSConfig { ServiceURL = "http://127.0.0.1:4566" };
        Assert.StartsWith("http://127.0.0.1:4566", Endpoint(config), StringComparison.Ordinal);

        config.UseFIPSEndpoint = true;
        Assert.Throws<AmazonClientException>(() => Endpoint(config));
    }

    private static string Endpoint(ClientConfig config) =>
        config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new Amazon.ECS.Model.ListTasksRequest())).URL;
}
