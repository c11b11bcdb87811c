using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Core.Tests.Reports;

public sealed class FailureClassifierTests
{
    [Theory]
    [InlineData("CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/acme/shop:x: not found",
        typeof(FailureCause.ImagePull))]
    [
        InlineData("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
        + "unable to retrieve ecr registry auth", typeof(FailureCause.ImagePull)),
    ]
    [InlineData("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
        + "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:x", typeof(FailureCause.SecretMissing))]
    [InlineData("ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from ssm: "
        + "invalid parameters: /barcelona/default/x", typeof(FailureCause.SecretMissing))]
    [InlineData("Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:x)", typeof(FailureCause.PortOrHealthCheck))]
    [InlineData("Essential container in task exited", typeof(FailureCause.ExitCode))]
    [InlineData("CannotPullContainerError: toomanyrequests: You have reached your pull rate limit.", typeof(FailureCause.RegistryAway))]
    [InlineData("ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: context deadline exceeded",
        typeof(FailureCause.CannotStart))]
    [InlineData("CannotStartContainerError: exec: \"bundel\": executable file not found in $PATH: unknown", typeof(FailureCause.CannotStart))]
    public void The_reason_of_a_stopped_task_tells_the_cause(string reason, Type cause)
    {
        int? exitCode = reason.StartsWith("Essential", StringComparison.Ordinal) ? 1 : null;
        var found = Classify(new StoppedTask("arn:task", "", reason, [new("web", exitCode, "")]));

        Assert.IsType(cause, found);
        Assert.Equal(reason, found.Evidence[0]);
        Assert.EndsWith(".", found.Headline, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Resource handler returned message: \"Invalid request provided: CreateCluster Invalid Request: "
        + "Unable to assume the service linked role. Please verify that the ECS service linked role exists.\"")]
    [InlineData("Invalid request provided: CreateCapacityProvider error: "
        + "ECS Service Linked Role does not exist. Please create a Service linked role")]
    public void The_first_cluster_of_an_account_is_told_to_be_tried_again(string reason)
    {
        var facts = new FailureFacts { Resources = [new("Cluster", "AWS::ECS::Cluster", "CREATE_FAILED", reason)] };

        Assert.Contains(
            "run it again", Assert.IsType<FailureCause.RoleNotReady>(FailureClassifier.Classify(facts)).Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_that_used_too_much_memory_is_told_from_one_that_was_killed()
    {
        var killed = new StoppedTask("arn:task", "", "Essential container in task exited", [new("web", 137, "")]);
        var tooLarge = killed with { Containers = [new("web", 137, "OutOfMemoryError: Container killed due to memory usage")] };

        Assert.IsType<FailureCause.OutOfMemory>(Classify(tooLarge));
        Assert.Equal(137, Assert.IsType<FailureCause.ExitCode>(Classify(killed)).Code);
    }

    [Fact]
    public void A_task_that_ecs_itself_stopped_is_no_cause()
    {
        var scaledDown = new StoppedTask("arn:task", "", "Scaling activity initiated by (deployment ecs-svc/1)", [new("web", 143, "")]);
        var crashed = new StoppedTask("arn:task", "", "Essential container in task exited", [new("web", 1, "")]);

        Assert.Equal(1, Assert.IsType<FailureCause.ExitCode>(Classify(scaledDown, crashed)).Code);
        Assert.IsType<FailureCause.Unknown>(Classify(scaledDown));
    }

    [Fact]
    public void The_deepest_cause_wins()
    {
        var stopped = new StoppedTask("arn:task", "TaskFailedToStart", "CannotPullContainerError: not found", []);
        var service = new ServiceFacts("web", "ECS deployment circuit breaker: tasks failed to start.");
        var resource = new FailedResource("ServiceWeb", "AWS::ECS::Service", "UPDATE_FAILED", "'ECS Deployment Circuit Breaker was triggered'.");
        var timeout = TimeSpan.FromMinutes(30);

        Assert.IsType<FailureCause.ImagePull>(Classify([service with { FirstStoppedTask = stopped }], [resource]));
        Assert.IsType<FailureCause.CircuitBreaker>(Classify([service], [resource]));
        Assert.IsType<FailureCause.CircuitBreaker>(Classify([service], []));
        Assert.IsType<FailureCause.Timeout>(Classify([service with { Reason = "" }], []));

        FailureCause Classify(ServiceFacts[] services, FailedResource[] resources) =>
            FailureClassifier.Classify(new() { Services = [.. services], Resources = [.. resources] }, timeout);
    }

    [Fact]
    public void Of_a_stack_the_first_event_that_was_not_only_cancelled_is_the_cause()
    {
        var facts = new FailureFacts
        {
            Resources =
            [
                new("HttpRuleWeb", "AWS::ElasticLoadBalancingV2::ListenerRule", "CREATE_FAILED", "Resource creation cancelled"),
                new("TargetGroupWeb", "AWS::ElasticLoadBalancingV2::TargetGroup", "CREATE_FAILED", "The VPC ID 'vpc-1' is not found"),
                new("barcelona-app--default--shop", "AWS::CloudFormation::Stack", "ROLLBACK_FAILED", "The following resource(s) failed"),
            ],
        };

        Assert.Equal("TargetGroupWeb", Assert.IsType<FailureCause.StackResource>(FailureClassifier.Classify(facts)).LogicalId);
    }

    [Fact]
    public void A_target_that_does_not_answer_is_the_cause_when_no_task_says_more()
    {
        var target = new UnhealthyTarget("10.0.0.1:3000", "unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [404]");
        var facts = new FailureFacts { Services = [new ServiceFacts("web", "") with { UnhealthyTargets = [target] }] };

        Assert.Contains("[404]", Assert.Single(FailureClassifier.Classify(facts).Evidence), StringComparison.Ordinal);
    }

    /// <summary>The second is ECS's event, when the target has gone.</summary>
    [Theory]
    [InlineData("Health checks failed with these codes: [404]", "", "another status")]
    [InlineData("Health checks failed", "", "nothing answers on its port")]
    [InlineData("Request timed out", "", "nothing answers on its port")]
    [InlineData("", "(port 3000) is unhealthy in (target-group arn) due to (reason Health checks failed)", "nothing answers on its port")]
    [InlineData("", "(port 3000) is unhealthy in (target-group arn) due to (reason Health checks failed with these codes: [500])", "another status")]
    [InlineData("Target deregistration is in progress", "(service web) was unable to place a task", "see that it listens on PORT")]
    public void A_port_that_nobody_listens_on_is_told_from_a_status_that_was_not_wanted(string description, string said, string words)
    {
        var stopped = new StoppedTask("arn:task", "", "Task failed ELB health checks in (target-group arn)", []);
        var service = new ServiceFacts("web", "")
        {
            FirstStoppedTask = stopped,
            UnhealthyTargets = [new UnhealthyTarget("10.0.0.1:3000", "unhealthy", "Target.X", description)],
            Events = [said],
        };

        Assert.Contains(words, FailureClassifier.Classify(new() { Services = [service] }).Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_what_targets_were_said_to_lack_the_newest_counts()
    {
        string[] events = ["is unhealthy due to (reason Health checks failed)", "is unhealthy due to (reason Health checks failed with these codes: [502])"];
        var service = new ServiceFacts("web", "") { FirstStoppedTask = new("arn:task", "", "Task failed ELB health checks", []), Events = [.. events] };

        Assert.Contains("nothing answers", FailureClassifier.Classify(new() { Services = [service] }).Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alarm_that_ended_the_deployment_is_named_and_what_failed_meanwhile_is_shown()
    {
        var crashed = new StoppedTask("arn:task", "", "Essential container in task exited", [new("web", 1, "")]);
        var facts = new FailureFacts { Services = [new ServiceFacts("web", "") { FirstStoppedTask = crashed, TriggeredAlarms = ["Errors", "Latency"] }] };

        var alarm = Assert.IsType<FailureCause.Alarm>(FailureClassifier.Classify(facts));
        Assert.StartsWith("The alarms Errors, Latency went off while web was deployed", alarm.Headline, StringComparison.Ordinal);
        Assert.Equal(["alarm Errors", "alarm Latency", crashed.Reason, "container web: exit code 1"], alarm.Evidence);
    }

    [Theory]
    [InlineData("\"Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.\"", typeof(FailureCause.CircuitBreaker))]
    [InlineData("\"Error occurred during operation 'ECS Deployment Alarm was detected'.\"", typeof(FailureCause.Alarm))]
    [InlineData("Invalid request provided: UpdateService error: the alarm X does not exist (Error Code: InvalidParameterException)",
        typeof(FailureCause.AlarmRefused))]
    [InlineData("The target group arn:x does not have an associated load balancer.", typeof(FailureCause.StackResource))]
    public void What_CloudFormation_says_of_a_service_tells_the_breaker_from_an_alarm(string reason, Type cause)
    {
        var facts = new FailureFacts { Resources = [new("ServiceWeb", "AWS::ECS::Service", "UPDATE_FAILED", reason)] };

        Assert.IsType(cause, FailureClassifier.Classify(facts));
    }

    [Fact]
    public void When_nothing_is_known_that_is_what_is_said() => Assert.IsType<FailureCause.Unknown>(FailureClassifier.Classify(new()));

    private static FailureCause Classify(params StoppedTask[] tasks) =>
        FailureClassifier.Classify(new() { Services = [.. tasks.Select(t => new ServiceFacts("web", "") { FirstStoppedTask = t })] });
}
