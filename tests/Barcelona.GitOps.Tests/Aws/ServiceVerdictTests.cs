using Amazon.ECS;
using Amazon.ECS.Model;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Tests.Aws;

/// <summary>Promise 6: success if and only if what this release asked for is what runs.</summary>
public sealed class ServiceVerdictTests
{
    private const string New = "arn:aws:ecs:r:1:task-definition/default--shop--web:2";
    private const string Old = "arn:aws:ecs:r:1:task-definition/default--shop--web:1";
    private const string Stranger = "arn:aws:ecs:r:1:task-definition/default--shop--web:9";

    [Fact]
    public void A_completed_deployment_of_the_expected_one_is_success() =>
        Assert.Equal(new ServiceRollout.Converged(2), Of(Primary(New, "COMPLETED", running: 2)));

    [Fact]
    public void It_is_not_while_tasks_of_the_old_one_run() =>
        Assert.Equal(new ServiceRollout.InProgress(2, 2, 0), Of(Primary(New, "COMPLETED", running: 2), Active(Old, running: 1)));

    [Fact]
    public void A_deployment_under_way_says_how_far_it_is() =>
        Assert.Equal("1 of 2 running, 3 failed", Of(Primary(New, "IN_PROGRESS", running: 1, failed: 3), Active(Old, running: 2)).Text);

    [Fact]
    public void A_service_in_steady_state_on_the_old_one_was_rolled_back() =>
        Assert.Equal(
            new ServiceRollout.RolledBack("ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.", Old),
            Of(Primary(Old, "COMPLETED", running: 2, reason: "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.")));

    [Fact]
    public void A_failed_deployment_beside_the_old_one_was_rolled_back() =>
        Assert.Equal(
            new ServiceRollout.RolledBack("tasks failed to start.", Old),
            Of(Primary(Old, "IN_PROGRESS", running: 2), Active(New, running: 0, state: "FAILED", reason: "tasks failed to start.")));

    [Fact]
    public void A_failed_deployment_that_nothing_replaced_is_a_failure() =>
        Assert.IsType<ServiceRollout.RolledBack>(Of(Primary(New, "FAILED", running: 0)));

    [Theory]
    [InlineData(StackStatus.UpdateRollbackInProgress)]
    [InlineData(StackStatus.UpdateRollbackComplete)]
    [InlineData(StackStatus.UpdateRollbackFailed)]
    public void A_stack_that_was_rolled_back_took_its_services_with_it(StackStatus status) =>
        Assert.IsType<ServiceRollout.RolledBack>(ServiceVerdict.Of(Service(Primary(Old, "COMPLETED", running: 2)), New, status));

    [Fact]
    public void A_service_that_the_stack_has_not_reached_yet_is_waited_for() =>
        Assert.IsType<ServiceRollout.InProgress>(
            ServiceVerdict.Of(Service(Primary(Old, "COMPLETED", running: 2)), New, StackStatus.UpdateInProgress));

    [Fact]
    public void Another_task_definition_after_a_finished_update_is_somebodys_hand() =>
        Assert.Equal(new ServiceRollout.Overwritten(Stranger), Of(Primary(Stranger, "COMPLETED", running: 2)));

    [Fact]
    public void A_deleted_service_is_missing()
    {
        var service = Service(Primary(New, "COMPLETED", running: 2));
        service.Status = "INACTIVE";
        Assert.IsType<ServiceRollout.Missing>(ServiceVerdict.Of(service, New, StackStatus.UpdateComplete));
    }

    private static ServiceRollout Of(params Deployment[] deployments) => ServiceVerdict.Of(Service(deployments), New, StackStatus.UpdateComplete);

    private static Service Service(params Deployment[] deployments) => new() { Status = "ACTIVE", DesiredCount = 2, Deployments = [.. deployments] };

    private static Deployment Primary(string definition, string state, int running, int failed = 0, string? reason = null) => new()
    {
        Id = "ecs-svc/2",
        Status = "PRIMARY",
        TaskDefinition = definition,
        RolloutState = DeploymentRolloutState.FindValue(state),
        RolloutStateReason = reason,
        RunningCount = running,
        DesiredCount = 2,
        FailedTasks = failed,
    };

    private static Deployment Active(string definition, int running, string state = "COMPLETED", string? reason = null) => new()
    {
        Id = "ecs-svc/1",
        Status = "ACTIVE",
        TaskDefinition = definition,
        RolloutState = DeploymentRolloutState.FindValue(state),
        RolloutStateReason = reason,
        RunningCount = running,
        DesiredCount = 2,
    };
}
