using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using ResourceNotFoundException = Amazon.SecretsManager.Model.ResourceNotFoundException;

namespace AwsClients.Tests.Moto;

/// <summary>Each client once against another implementation of the service's protocol, over real HTTP.</summary>
public sealed class MotoSmokeTests : IClassFixture<MotoServer>
{
    private readonly MotoServer _moto;

    public MotoSmokeTests(MotoServer moto)
    {
        Assert.SkipUnless(MotoServer.IsInstalled, "moto_server is not on PATH (pip install 'moto[server]')");
        _moto = moto;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Task_definitions_come_back_as_registered()
    {
        using var ecs = new AmazonECSClient(Credentials(), OnMoto(new AmazonECSConfig()));
        var container = new ContainerDefinition
        {
            Name = "app",
            Image = "nginx:1",
            Memory = 128,
            Environment = [new Amazon.ECS.Model.KeyValuePair { Name = "名前", Value = "値 & <x>" }],
            LogConfiguration = new LogConfiguration { LogDriver = LogDriver.Awslogs, Options = new() { ["awslogs-group"] = "web" } },
        };

        await ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest { Family = "web", ContainerDefinitions = [container] }, Cancellation);
        var described = await ecs.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest { TaskDefinition = "web" }, Cancellation);

        var read = Assert.Single(described.TaskDefinition.ContainerDefinitions);
        Assert.Equal(("名前", "値 & <x>"), (read.Environment[0].Name, read.Environment[0].Value));
        Assert.Equal(LogDriver.Awslogs, read.LogConfiguration.LogDriver);
        Assert.Equal("web", read.LogConfiguration.Options["awslogs-group"]);
    }

    [Fact]
    public async Task A_stack_is_made_and_described()
    {
        using var cloudFormation = new AmazonCloudFormationClient(Credentials(), OnMoto(new AmazonCloudFormationConfig()));
        var create = new CreateStackRequest
        {
            StackName = "web",
            TemplateBody = """
                {"Parameters":{"P":{"Type":"String"}},"Resources":{"Q":{"Type":"AWS::SQS::Queue"}},"Outputs":{"O":{"Value":{"Ref":"P"}}}}
                """,
            Parameters = [new Parameter { ParameterKey = "P", ParameterValue = "v & +" }],
        };

        await cloudFormation.CreateStackAsync(create, Cancellation);
        var stacks = await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest { StackName = "web" }, Cancellation);

        var stack = Assert.Single(stacks.Stacks);
        Assert.Equal(StackStatus.CREATE_COMPLETE, stack.StackStatus);
        Assert.Equal("v & +", Assert.Single(stack.Outputs).OutputValue);
        await Assert.ThrowsAsync<AlreadyExistsException>(() => cloudFormation.CreateStackAsync(create, Cancellation));
    }

    [Fact]
    public async Task A_secret_is_written_and_read_and_a_missing_one_has_its_own_exception()
    {
        using var secrets = new AmazonSecretsManagerClient(Credentials(), OnMoto(new AmazonSecretsManagerConfig()));

        await secrets.CreateSecretAsync(new CreateSecretRequest { Name = "barcelona/x", SecretString = "s3cret" }, Cancellation);
        var value = await secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "barcelona/x" }, Cancellation);

        Assert.Equal("s3cret", value.SecretString);
        await Assert.ThrowsAsync<ResourceNotFoundException>(
            () => secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "none" }, Cancellation));
    }

    [Fact]
    public async Task Log_events_are_put_and_read()
    {
        using var logs = new AmazonCloudWatchLogsClient(Credentials(), OnMoto(new AmazonCloudWatchLogsConfig()));
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var time = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));

        await logs.CreateLogGroupAsync(new CreateLogGroupRequest { LogGroupName = "web" }, Cancellation);
        await logs.CreateLogStreamAsync(new CreateLogStreamRequest { LogGroupName = "web", LogStreamName = "1" }, Cancellation);
        var logEvent = new InputLogEvent { Timestamp = time, Message = "up" };
        await logs.PutLogEventsAsync(new PutLogEventsRequest { LogGroupName = "web", LogStreamName = "1", LogEvents = [logEvent] }, Cancellation);
        var read = await logs.GetLogEventsAsync(new GetLogEventsRequest { LogGroupName = "web", LogStreamName = "1" }, Cancellation);

        Assert.Equal((time, "up"), (Assert.Single(read.Events).Timestamp, read.Events[0].Message));
    }

    [Fact]
    public async Task Target_groups_are_described_and_a_missing_listener_has_its_own_exception()
    {
        using var balancers = new AmazonElasticLoadBalancingV2Client(Credentials(), OnMoto(new AmazonElasticLoadBalancingV2Config()));
        const string Missing = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:listener/app/x/50dc6c495c0c9188/f2f7dc8efc522ab2";

        var groups = await balancers.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest(), Cancellation);

        Assert.Null(groups.TargetGroups);
        await Assert.ThrowsAsync<ListenerNotFoundException>(
            () => balancers.DescribeListenersAsync(new DescribeListenersRequest { ListenerArns = [Missing] }, Cancellation));
    }

    private static BasicAWSCredentials Credentials() => new("test", "test");

    private TConfig OnMoto<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = _moto.Url?.ToString();
        config.AuthenticationRegion = "ap-northeast-1";
        return config;
    }
}
