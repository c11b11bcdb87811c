using Amazon.CloudFormation;
using Amazon.CloudWatchLogs;
using Amazon.EC2;
using Amazon.ECS;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecretsManager;
using Amazon.SecurityToken;
using Amazon.SimpleSystemsManagement;
using Barcelona.GitOps.Sandbox.Aws;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Sandbox.Tests.Aws;

/// <summary>The sandbox's AWS behind Kestrel on a free port, with a clock that only tests move, and real clients that reach it by URL.</summary>
public sealed class AwsHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private AwsHost(WebApplication application, SandboxAws aws, FakeTimeProvider clock)
    {
        (_application, Aws, Clock) = (application, aws, clock);
        Stacks = new AmazonCloudFormationClient(Credentials, Config(new AmazonCloudFormationConfig()));
        Ecs = new AmazonECSClient(Credentials, Config(new AmazonECSConfig()));
        Logs = new AmazonCloudWatchLogsClient(Credentials, Config(new AmazonCloudWatchLogsConfig()));
        Balancers = new AmazonElasticLoadBalancingV2Client(Credentials, Config(new AmazonElasticLoadBalancingV2Config()));
        Secrets = new AmazonSecretsManagerClient(Credentials, Config(new AmazonSecretsManagerConfig()));
        Parameters = new AmazonSimpleSystemsManagementClient(Credentials, Config(new AmazonSimpleSystemsManagementConfig()));
        Machines = new AmazonEC2Client(Credentials, Config(new AmazonEC2Config()));
        Buckets = new AmazonS3Client(Credentials, Config(new AmazonS3Config { ForcePathStyle = true }));
        Tokens = new AmazonSecurityTokenServiceClient(Credentials, Config(new AmazonSecurityTokenServiceConfig()));
    }

    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("AKIASANDBOX", "secret");

    public SandboxAws Aws { get; }

    public FakeTimeProvider Clock { get; }

    public AmazonCloudFormationClient Stacks { get; }

    public AmazonECSClient Ecs { get; }

    public AmazonCloudWatchLogsClient Logs { get; }

    public AmazonElasticLoadBalancingV2Client Balancers { get; }

    public AmazonSecretsManagerClient Secrets { get; }

    public AmazonSimpleSystemsManagementClient Parameters { get; }

    public AmazonEC2Client Machines { get; }

    public AmazonS3Client Buckets { get; }

    public AmazonSecurityTokenServiceClient Tokens { get; }

    public string Url => _application.Urls.First();

    public static async Task<AwsHost> StartAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero));
        var aws = new SandboxAws(new SandboxAwsOptions { Clock = clock });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.Map("/{**path}", aws.HandleAsync);
        await application.StartAsync();
        return new AwsHost(application, aws, clock);
    }

    public T Config<T>(T config, string region = "ap-northeast-1") where T : ClientConfig
    {
        config.ServiceURL = Url;
        config.AuthenticationRegion = region;
        config.MaxErrorRetry = 0;
        // A dropped connection is tried again beside that count.
        config.MaxStaleConnectionRetries = 0;
        return config;
    }

    public void Pass(int seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in (IDisposable[])[Stacks, Ecs, Logs, Balancers, Secrets, Parameters, Machines, Buckets, Tokens]) client.Dispose();
        await _application.DisposeAsync();
    }
}
