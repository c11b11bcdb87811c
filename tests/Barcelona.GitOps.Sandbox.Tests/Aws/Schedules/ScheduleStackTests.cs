using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Sandbox.Tests.Aws.Schedules;

public sealed class ScheduleStackTests
{
    private const string Good = """
        {"Resources": {
          "Role": {"Type": "AWS::IAM::Role", "Properties": {
            "AssumeRolePolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "scheduler.amazonaws.com"}}]},
            "Policies": [{"PolicyName": "run", "PolicyDocument": {"Statement": [
              {"Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*"},
              {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": {"Fn::GetAtt": ["Queue", "Arn"]}}]}}]}},
          "Queue": {"Type": "AWS::SQS::Queue"},
          "Schedule": {"Type": "AWS::Scheduler::Schedule", "Properties": {
            "ScheduleExpression": "rate(1 hour)",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": {
              "Arn": "arn:aws:ecs:ap-northeast-1:123456789012:cluster/default",
              "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]},
              "EcsParameters": {"TaskDefinitionArn": "worker", "LaunchType": "EC2"},
              "RetryPolicy": {"MaximumRetryAttempts": 1},
              "DeadLetterConfig": {"Arn": {"Fn::GetAtt": ["Queue", "Arn"]}}}}}}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_schedule_starts_its_task_again_and_again()
    {
        await using var host = await AwsHost.StartAsync();

        Assert.Equal(StackStatus.CREATE_COMPLETE, await CreateAsync(host, Good));
        host.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal([null, null], host.Aws.ScheduledStarts.Select(s => s.Error));
    }

    [Theory]
    [InlineData("\"FlexibleTimeWindow\": {\"Mode\": \"OFF\"}", "\"State\": \"ENABLED\"")]
    [InlineData("rate(1 hour)", "at(2026-04-01T08:00:00)")]
    [InlineData("rate(1 hour)", "cron(0 1 * * *)")]
    [InlineData("scheduler.amazonaws.com", "events.amazonaws.com")]
    [InlineData("\"worker\"", "\"nobody\"")]
    [InlineData("\"FlexibleTimeWindow\"", "\"GroupName\": \"nowhere\", \"FlexibleTimeWindow\"")]
    public async Task What_AWS_refuses_fails_the_stack(string good, string bad)
    {
        await using var host = await AwsHost.StartAsync();

        Assert.Equal(StackStatus.ROLLBACK_COMPLETE, await CreateAsync(host, Good.Replace(good, bad, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_role_that_may_not_run_the_task_ends_in_the_queue()
    {
        await using var host = await AwsHost.StartAsync();

        Assert.Equal(StackStatus.CREATE_COMPLETE, await CreateAsync(host, Good.Replace("\"*\"", "\"arn:*:other:*\"", StringComparison.Ordinal)));
        host.Clock.Advance(TimeSpan.FromMinutes(90));

        Assert.Equal(2, host.Aws.ScheduledStarts.Count);
        Assert.Equal("AccessDeniedException", Assert.Single(host.Aws.DeadLetters).Attributes["ERROR_CODE"]);
    }

    private static async Task<StackStatus> CreateAsync(AwsHost host, string template)
    {
        host.Aws.SeedCluster("default");
        await host.Ecs.RegisterTaskDefinitionAsync(
            new() { Family = "worker", ContainerDefinitions = [new() { Name = "worker", Image = "acme/worker:1", Memory = 128 }] }, Cancellation);
        await host.Stacks.CreateStackAsync(
            new CreateStackRequest { StackName = "schedules", TemplateBody = template, Capabilities = ["CAPABILITY_IAM"] }, Cancellation);
        host.Pass(seconds: 120);
        var stacks = await host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = "schedules" }, Cancellation);
        return stacks.Stacks[0].StackStatus;
    }
}
