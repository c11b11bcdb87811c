using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Reports.Failures;

namespace Barcelona.GitOps.Core.Tests.Reports;

public sealed class WayBackTests
{
    private const string Breaker = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
        Alarm = "Error occurred during operation 'ECS Deployment Alarm was detected'.",
        Refused = "Invalid request provided: UpdateService error: the alarm X does not exist (Error Code: InvalidParameterException)";

    [Theory]
    [InlineData(StackStatus.UpdateRollbackComplete, Breaker, "ECS's circuit breaker went back to what ran before.")]
    [InlineData(StackStatus.UpdateRollbackComplete, Alarm, "ECS, by the alarm, went back to what ran before.")]
    [InlineData(StackStatus.UpdateRollbackComplete, Refused, "CloudFormation went back to what ran before.")]
    [InlineData(StackStatus.RollbackComplete, Breaker, "ECS's circuit breaker ended it, and CloudFormation took back what was made of it.")]
    [InlineData(StackStatus.RollbackComplete, Refused, "CloudFormation took back what was made of it.")]
    [InlineData(StackStatus.UpdateInProgress, Breaker, "")]
    [InlineData(StackStatus.UpdateRollbackInProgress, Breaker, "")]
    [InlineData(StackStatus.UpdateRollbackFailed, Breaker, "")]
    [InlineData(StackStatus.DeleteFailed, Breaker, "")]
    public void A_service_that_failed_says_by_whom_and_only_once_AWS_is_at_rest(StackStatus status, string reason, string said) =>
        Assert.Equal(said, Of(status, new() { Resources = [new("ServiceWeb", "AWS::ECS::Service", "UPDATE_FAILED", reason)] }));

    [Fact]
    public void What_failed_first_ended_it()
    {
        FailedResource group = new("TargetGroupWeb", "AWS::ElasticLoadBalancingV2::TargetGroup", "UPDATE_FAILED", "Internal failure");
        FailedResource service = new("ServiceWeb", "AWS::ECS::Service", "UPDATE_FAILED", Breaker);
        var cancelled = service with { LogicalId = "ServiceWorker", Reason = "Resource update cancelled" };

        Assert.StartsWith("CloudFormation", Said(group, service), StringComparison.Ordinal);
        Assert.StartsWith("ECS's", Said(cancelled, service, group), StringComparison.Ordinal);

        static string Said(params FailedResource[] failed) => Of(StackStatus.UpdateRollbackComplete, new() { Resources = [.. failed] });
    }

    [Fact]
    public void Where_nothing_could_be_read_nobody_is_named() =>
        Assert.Equal("AWS went back to what ran before.", Of(StackStatus.UpdateRollbackComplete, new() { Unread = ["the stack's events: denied"] }));

    /// <summary>CloudFormation may have called the update complete before ECS went back within a service.</summary>
    [Theory]
    [InlineData("ECS deployment circuit breaker: rolling back to deploymentId x.", true, "ECS's circuit breaker went back to what ran before.")]
    [InlineData("ECS deployment alarms: alarm detected.", true, "ECS, by the alarm, went back to what ran before.")]
    [InlineData("the deployment failed", true, "ECS went back to what ran before.")]
    [InlineData("ECS deployment circuit breaker: tasks failed to start.", false, "")]
    public void A_service_goes_back_within_a_stack_that_is_complete(string reason, bool wentBack, string said) =>
        Assert.Equal(said, Of(StackStatus.UpdateComplete, new() { Services = [new("web", reason) { WentBack = wentBack }] }));

    [Fact]
    public void A_cause_that_says_it_itself_is_not_followed_by_it_again()
    {
        var put = new FailureFacts { PutBack = "User Initiated" };

        Assert.Equal("", WayBack.Of(FailureClassifier.Classify(put), put, StackStatus.UpdateRollbackComplete));
    }

    private static string Of(StackStatus status, FailureFacts facts) => WayBack.Of(new FailureCause.ExitCode("web", 3, []), facts, status);
}
