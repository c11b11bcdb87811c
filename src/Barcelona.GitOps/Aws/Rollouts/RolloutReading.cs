using System.Collections.Immutable;

namespace Barcelona.GitOps.Aws.Rollouts;

/// <summary>How far a release has come, service by service, in the order asked.</summary>
public sealed record RolloutReading(ImmutableArray<ServiceReading> Services)
{
    /// <summary>Each service and its state, on one line.</summary>
    public string Text => string.Join("; ", Services.Select(s => $"{s.Service.Name}: {s.State.Text}"));

    /// <summary>Success of the release: every service runs the task definition that was asked for.</summary>
    public bool IsConverged => Services.All(s => s.State is ServiceRollout.Converged);

    public bool IsInProgress => !HasFailed && Services.Any(s => s.State is ServiceRollout.InProgress);

    /// <summary>At least one service will not get there by waiting.</summary>
    public bool HasFailed => Services.Any(s => s.State is ServiceRollout.RolledBack or ServiceRollout.Overwritten or ServiceRollout.Missing);
}

/// <param name="ServiceArn">Null: the stack has not made it.</param>
/// <param name="DeploymentId">The deployment of the expected task definition, <c>ecs-svc/…</c>, which starts its tasks. Null: there is none.</param>
public sealed record ServiceReading(ExpectedService Service, string? ServiceArn, string? DeploymentId, ServiceRollout State)
{
    /// <summary>When that deployment began, by AWS's clock.</summary>
    public DateTime? DeploymentBegunAt { get; init; }

    /// <summary>ECS says, or lets see, that tasks of it have stopped.</summary>
    public bool MayHaveLostTasks { get; init; }
}

/// <summary>What a service makes of the task definition that it was given.</summary>
public abstract record ServiceRollout
{
    private ServiceRollout() { }

    /// <summary>One line for a person.</summary>
    public abstract string Text { get; }

    public sealed record Converged(int Running) : ServiceRollout
    {
        public override string Text => $"{Running} running";
    }

    /// <param name="Failed">Tasks of this deployment that did not stay up.</param>
    public sealed record InProgress(int Running, int Desired, int Failed) : ServiceRollout
    {
        public override string Text => Failed == 0 ? $"{Running} of {Desired} running" : $"{Running} of {Desired} running, {Failed} failed";
    }

    /// <summary>ECS or CloudFormation gave up on the new task definition.</summary>
    /// <param name="Reason">As AWS says it.</param>
    /// <param name="RunningTaskDefinitionArn">What the service was put back to; the expected one if nothing was put back.</param>
    public sealed record RolledBack(string Reason, string RunningTaskDefinitionArn) : ServiceRollout
    {
        public override string Text => Reason;
    }

    /// <summary>The stack was applied, yet the service has another task definition: somebody changed it beside us.</summary>
    public sealed record Overwritten(string TaskDefinitionArn) : ServiceRollout
    {
        public override string Text => $"runs {TaskDefinitionArn[(TaskDefinitionArn.LastIndexOf('/') + 1)..]}, which is not this release's";
    }

    public sealed record Missing : ServiceRollout
    {
        public override string Text => "is not in ECS";
    }
}
