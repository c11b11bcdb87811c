using Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;
using Barcelona.GitOps.Sandbox.Aws.Scaling;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Services;

/// <summary>
/// Keeps a service's tasks at what its deployments ask for: starts, replaces and stops them within the percentages, and says when it is steady.
/// </summary>
internal sealed class ServiceScheduler(AwsRegion region, EcsService service)
{
    private readonly TaskLifecycle _lifecycle = new(region);

    /// <summary>Looks at the service and does what is due; called after every change of it or of one of its tasks.</summary>
    public void Look()
    {
        if (service.Status == "INACTIVE" || service.Primary is not { } primary) return;
        StopOld(primary);
        StopSurplus(primary);
        StartMissing(primary);
        if (service.Status == "DRAINING") FinishDraining();
        else if (primary.InProgress && IsSteady(primary)) region.Timeline.After(TimeToComplete(primary), () => Complete(primary));
    }

    private TimeSpan TimeToComplete(EcsDeployment primary) =>
        region.Timings.SteadyState + (primary.Watched.Count > 0 ? region.Timings.AlarmBake : TimeSpan.Zero);

    /// <summary>All tasks that this deployment wants run and are healthy, and nothing of an older one is left.</summary>
    public bool IsSteady(EcsDeployment primary)
    {
        var tasks = service.Tasks.Where(task => !task.IsStopped).ToList();
        return tasks.Count == service.DesiredCount && tasks.TrueForAll(task => task.Deployment == primary && task.IsLive && task.Healthy);
    }

    private List<EcsTask> Live => [.. service.Tasks.Where(task => task.IsLive)];

    private int Desired => service.Status == "DRAINING" ? 0 : service.DesiredCount;

    private void StopOld(EcsDeployment primary)
    {
        var live = Live;
        var old = live.Where(task => task.Deployment != primary).ToList();
        // What is not healthy serves nobody, so it may go at once; the healthy ones go as far as the minimum allows.
        var least = (int)Math.Ceiling(Desired * service.MinimumPercent / 100.0);
        var spare = Math.Max(0, live.Count(task => task.Healthy) - least);
        foreach (var task in old.Where(task => !task.Healthy).Concat(old.Where(task => task.Healthy).Take(spare)).ToList()) Stop(task);
    }

    private void StopSurplus(EcsDeployment primary)
    {
        var mine = Live.Where(task => task.Deployment == primary).ToList();
        foreach (var task in mine.OrderBy(task => task.Healthy).Take(Math.Max(0, mine.Count - Desired)).ToList()) Stop(task);
    }

    private void StartMissing(EcsDeployment primary)
    {
        if (primary.RolloutState == "FAILED") return;
        var live = Live;
        var most = (int)Math.Floor(Desired * service.MaximumPercent / 100.0);
        var missing = Math.Min(Desired - live.Count(task => task.Deployment == primary), most - live.Count);
        if (missing <= 0) return;
        if (primary.NextStart > region.Now)
        {
            region.Timeline.After(primary.NextStart - region.Now, Look);
            return;
        }
        if (service.LaunchType == "EC2" && service.Cluster.Instances.Count == 0)
        {
            CannotPlace(primary);
            return;
        }
        var started = Enumerable.Range(0, missing).Select(_ => Start(primary)).ToList();
        Say($"has started {started.Count} tasks: {string.Join(' ', started.Select(task => $"(task {task.Id})"))}.");
    }

    private void CannotPlace(EcsDeployment primary)
    {
        const string Message =
            "was unable to place a task because no container instance met all of its requirements. "
            + "Reason: No Container Instances were found in your cluster.";
        if (CapacityStrategies.Of(service.Settings).FirstOrDefault() is { } provider && ManagedScaling.TryGrow(region, provider, Look))
        {
            primary.NextStart = region.Now + region.Timings.InstanceStart;
            return;
        }
        // Said once in a while, as the real one does, and tried again.
        primary.NextStart = region.Now + TimeSpan.FromMinutes(1);
        Say(Message);
        region.Timeline.After(TimeSpan.FromMinutes(1), Look);
    }

    private EcsTask Start(EcsDeployment deployment)
    {
        var definition = region.Ecs.Definitions.Get(deployment.TaskDefinitionArn);
        var started = new TaskPlan(region, service.Cluster, definition)
        {
            LaunchType = service.LaunchType,
            Group = $"service:{service.Name}",
            StartedBy = deployment.Id,
            Deployment = deployment,
            NetworkConfiguration = service.Settings.Object("networkConfiguration"),
            Tags = service.Settings.Text("propagateTags") switch { "SERVICE" => service.Tags, "TASK_DEFINITION" => definition.Tags, _ => [] },
            Changed = Changed,
        }.Build();
        _lifecycle.Start(started);
        return started;
    }

    private void Stop(EcsTask task) =>
        _lifecycle.Stop(task, "ServiceSchedulerInitiated", $"Scaling activity initiated by (deployment {task.Deployment?.Id})");

    private void Changed(EcsTask task)
    {
        // Counted when the task is told to stop, and only if nobody asked for it.
        var failed = task.StopCode is "EssentialContainerExited" or "TaskFailedToStart" || task.FailedChecks;
        if (failed && !task.IsStopped && task.Deployment is { Status: "PRIMARY" } deployment) Failed(deployment, task);
        // ECS counts failures in a row: a task that runs, and passes the checks it has, ends the row, also if it falls a second later.
        if (task is { Healthy: true, IsLive: true, Deployment: { } well }) well.FailedTasks = well.Record.FailureCount = 0;
        if (task.PassesChecks == true && task.IsLive)
            Say($"registered 1 targets in {string.Join(' ', service.TargetGroups.Select(group => $"(target-group {group})"))}");
        Look();
    }

    private void Failed(EcsDeployment deployment, EcsTask task)
    {
        deployment.NextStart = region.Now + region.Timings.TaskRestart;
        if (!deployment.InProgress) return;
        deployment.FailedTasks++;
        deployment.Record.FailureCount++;
        deployment.UpdatedAt = region.Now;
        if (task.FailedChecks) Say($"(task {task.Id}) {task.StoppedReason?.Replace("Task ", "", StringComparison.Ordinal)}.");
        if (service.CircuitBreaker is { } breaker && deployment.FailedTasks >= service.BreakerThreshold)
            new ServiceRollback(region, service).Trip(deployment, breaker.Flag("rollback"));
    }

    private void Complete(EcsDeployment primary)
    {
        if (service.Primary != primary || !primary.InProgress || !IsSteady(primary)) return;
        primary.RolloutState = "COMPLETED";
        primary.RolloutStateReason = primary.RolloutStateReason.Contains("rolling back", StringComparison.Ordinal)
            ? primary.RolloutStateReason
            : $"ECS deployment {primary.Id} completed.";
        primary.UpdatedAt = region.Now;
        primary.WasCompleted = true;
        service.Deployments.RemoveAll(deployment => deployment != primary);
        Say($"(deployment {primary.Id}) deployment completed.");
        Say("has reached a steady state.");
        new ServiceRollback(region, service).Close(primary);
    }

    private void FinishDraining()
    {
        if (service.Tasks.Any(task => !task.IsStopped)) return;
        service.Status = "INACTIVE";
        service.Deployments.Clear();
    }

    private void Say(string message) => service.Say(region.Now, message);
}
