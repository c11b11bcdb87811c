using Amazon.CloudFormation;
using Amazon.CloudWatchLogs;
using Amazon.ECS;
using Amazon.Runtime;

namespace AwsClients.Tests.Wire;

/// <summary>The clients that the product uses, on stubbed HTTP.</summary>
internal static class Clients
{
    public static AmazonECSClient Ecs(StubHttpClientFactory http) => new(Credentials(), Configured(new AmazonECSConfig(), http));

    public static AmazonCloudFormationClient CloudFormation(StubHttpClientFactory http) =>
        new(Credentials(), Configured(new AmazonCloudFormationConfig(), http));

    public static AmazonCloudWatchLogsClient Logs(StubHttpClientFactory http) =>
        new(Credentials(), Configured(new AmazonCloudWatchLogsConfig(), http));

    public static BasicAWSCredentials Credentials() => new("access-key", "secret-key");

    public static TConfig Configured<TConfig>(TConfig config, StubHttpClientFactory http)
        where TConfig : ClientConfig
    {
        config.ServiceURL = "http://127.0.0.1:1";
        config.AuthenticationRegion = "ap-northeast-1";
        config.HttpClientFactory = http;
        return config;
    }
}
