using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.SecretsManager.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.SimpleSystemsManagement.Model;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Sandbox.Tests.Aws;

public sealed class OtherServicesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_in_another_account_sees_that_account()
    {
        await using var host = await AwsHost.StartAsync();
        const string Role = "arn:aws:iam::210987654321:role/barcelona";
        host.Aws.RequireExternalId(Role, "3f9c");

        var denied = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() =>
            host.Tokens.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = Role, RoleSessionName = "test" }, Cancellation));
        var assumed = await host.Tokens
            .AssumeRoleAsync(new AssumeRoleRequest { RoleArn = Role, RoleSessionName = "test", ExternalId = "3f9c" }, Cancellation);
        using var ecs = new AmazonECSClient(assumed.Credentials, host.Config(new AmazonECSConfig()));
        var registered = await ecs.RegisterTaskDefinitionAsync(WorkerStack.Definition("acme/worker:1"), Cancellation);

        Assert.Equal("AccessDenied", denied.ErrorCode);
        Assert.Equal(
            "arn:aws:ecs:ap-northeast-1:210987654321:task-definition/default--worker--worker:1", registered.TaskDefinition.TaskDefinitionArn);
        Assert.Empty((await host.Ecs.ListTaskDefinitionsAsync(new ListTaskDefinitionsRequest(), Cancellation)).TaskDefinitionArns);
        Assert.Equal("123456789012", (await host.Tokens.GetCallerIdentityAsync(new GetCallerIdentityRequest(), Cancellation)).Account);
    }

    [Fact]
    public async Task A_secrets_new_value_makes_the_old_one_previous()
    {
        await using var host = await AwsHost.StartAsync();
        var created = await host.Secrets
            .CreateSecretAsync(new CreateSecretRequest { Name = "barcelona/default/api_key", SecretString = "one" }, Cancellation);
        await host.Secrets
            .PutSecretValueAsync(new PutSecretValueRequest { SecretId = "barcelona/default/api_key", SecretString = "two" }, Cancellation);

        var current = await host.Secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = created.ARN }, Cancellation);
        var described = await host.Secrets.DescribeSecretAsync(new DescribeSecretRequest { SecretId = "barcelona/default/api_key" }, Cancellation);

        Assert.Matches("^arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:barcelona/default/api_key-[A-Za-z]{6}$", created.ARN);
        Assert.Equal("two", current.SecretString);
        Assert.Equal(["AWSPREVIOUS"], described.VersionIdsToStages[created.VersionId]);
        Assert.Equal(["AWSCURRENT"], described.VersionIdsToStages[current.VersionId]);
        await Assert.ThrowsAsync<Amazon.SecretsManager.Model.ResourceNotFoundException>(() =>
            host.Secrets.DescribeSecretAsync(new DescribeSecretRequest { SecretId = "nope" }, Cancellation));
    }

    [Fact]
    public async Task Parameters_are_found_by_name_and_missing_ones_named()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.SeedParameter("/barcelona/default/database_url", "postgres://");

        var values = await host.Parameters
            .GetParametersAsync(new GetParametersRequest { Names = ["/barcelona/default/database_url", "/nope"] }, Cancellation);
        var found = await host.Parameters.DescribeParametersAsync(
            new DescribeParametersRequest
            {
                ParameterFilters = [new ParameterStringFilter { Key = "Name",
                Values = ["/barcelona/default/database_url"] }]
            }, Cancellation);

        Assert.Equal("postgres://", Assert.Single(values.Parameters).Value);
        Assert.Equal(["/nope"], values.InvalidParameters);
        Assert.Equal("/barcelona/default/database_url", Assert.Single(found.Parameters).Name);
    }

    [Fact]
    public async Task A_one_off_runs_once_under_its_token_and_ends_with_its_exit_code()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.SeedCluster("default");
        host.Aws.Images.SetForOneOffs("acme/worker:*", new ImageBehaviour.CrashLoop(ExitCode: 7, After: TimeSpan.FromSeconds(1)));
        await host.Logs
            .CreateLogGroupAsync(new Amazon.CloudWatchLogs.Model.CreateLogGroupRequest { LogGroupName = WorkerStack.LogGroup }, Cancellation);
        var definition = await WorkerStack.RegisterAsync(host, "acme/worker:1", Cancellation);
        var request = new RunTaskRequest { Cluster = "default", TaskDefinition = definition, StartedBy = "release-1", ClientToken = "once" };

        var first = await host.Ecs.RunTaskAsync(request, Cancellation);
        var again = await host.Ecs.RunTaskAsync(request, Cancellation);
        host.Pass(seconds: 60);

        Assert.Equal(first.Tasks.Single().TaskArn, again.Tasks.Single().TaskArn);
        var described = await host.Ecs
            .DescribeTasksAsync(new DescribeTasksRequest { Cluster = "default", Tasks = [first.Tasks[0].TaskArn] }, Cancellation);
        Assert.Equal(("STOPPED", 7), (described.Tasks[0].LastStatus, described.Tasks[0].Containers[0].ExitCode));
        host.Pass(seconds: 3700);
        described = await host.Ecs
            .DescribeTasksAsync(new DescribeTasksRequest { Cluster = "default", Tasks = [first.Tasks[0].TaskArn] }, Cancellation);
        Assert.Equal("MISSING", Assert.Single(described.Failures).Reason);
    }

    [Fact]
    public async Task A_task_whose_secret_does_not_exist_fails_to_start()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.SeedCluster("default");
        await host.Logs
            .CreateLogGroupAsync(new Amazon.CloudWatchLogs.Model.CreateLogGroupRequest { LogGroupName = WorkerStack.LogGroup }, Cancellation);
        var definition = WorkerStack.Definition("acme/worker:1");
        definition.ContainerDefinitions[0].Secrets = [new Secret { Name = "URL", ValueFrom = "/barcelona/default/nope" }];
        var arn = (await host.Ecs.RegisterTaskDefinitionAsync(definition, Cancellation)).TaskDefinition.TaskDefinitionArn;

        var run = await host.Ecs.RunTaskAsync(new RunTaskRequest { Cluster = "default", TaskDefinition = arn }, Cancellation);
        host.Pass(seconds: 60);

        var task = (await host.Ecs
            .DescribeTasksAsync(new DescribeTasksRequest { Cluster = "default", Tasks = [run.Tasks[0].TaskArn] }, Cancellation)).Tasks.Single();
        Assert.Equal("TaskFailedToStart", task.StopCode.Value);
        Assert.StartsWith("ResourceInitializationError: ", task.StoppedReason);
    }

    [Theory]
    [InlineData("256", "1024", null)]
    [InlineData("256", "4096",
        "No Fargate configuration exists for given values: 256 CPU, 4096 memory. See the Amazon ECS documentation for the valid values.")]
    public async Task Fargate_has_only_certain_sizes(string cpu, string memory, string? message)
    {
        await using var host = await AwsHost.StartAsync();
        var definition = WorkerStack.Definition("acme/worker:1");
        definition.RequiresCompatibilities = ["FARGATE"];
        definition.NetworkMode = NetworkMode.Awsvpc;
        definition.ExecutionRoleArn = "arn:aws:iam::123456789012:role/execution";
        (definition.Cpu, definition.Memory) = (cpu, memory);

        var error = await Record.ExceptionAsync(() => host.Ecs.RegisterTaskDefinitionAsync(definition, Cancellation));

        Assert.Equal(message, error?.Message);
    }
}
