using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.Aws.LoadBalancing;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;

/// <summary>
/// Takes a task through its states, as its image behaves.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
/// </summary>
internal sealed class TaskLifecycle(AwsRegion region)
{
    public void Start(EcsTask task)
    {
        task.Cluster.Tasks.Add(task);
        Begin(task);
    }

    /// <summary>Accepted, without a machine yet.</summary>
    public static void Hold(EcsTask task) => task.Cluster.Tasks.Add(task);

    public void Place(EcsTask task, string instance)
    {
        if (!task.IsLive) return;
        task.ContainerInstanceArn = instance;
        Begin(task);
    }

    private void Begin(EcsTask task)
    {
        // Only tasks with a network interface of their own are provisioned.
        task.LastStatus = task.Definition.Content.Text("networkMode") == "awsvpc" ? "PROVISIONING" : "PENDING";
        Then(task, region.Timings.TaskProvisioning, () =>
        {
            task.LastStatus = "PENDING";
            Then(task, region.Timings.TaskPending, () => Run(task));
        });
    }

    /// <param name="code">UserInitiated, ServiceSchedulerInitiated, EssentialContainerExited…</param>
    public void Stop(EcsTask task, string code, string reason)
    {
        if (!task.IsLive) return;
        task.Course++;
        task.DesiredStatus = "STOPPED";
        task.StopCode = code;
        task.StoppedReason = reason;
        task.StoppingAt = region.Now;
        task.Healthy = false;
        task.LastStatus = "DEACTIVATING";
        var step = region.Timings.TaskStopping / 4;
        Then(task, step, () =>
        {
            task.LastStatus = "STOPPING";
            Then(task, step * 2, () =>
            {
                task.LastStatus = "DEPROVISIONING";
                Then(task, step, () => Stopped(task));
            });
        });
        task.Changed(task);
    }

    private static ImageBehaviour Behaviour(AwsRegion region, EcsTask task, out EcsContainer container)
    {
        var oneOff = task.Deployment is null;
        container = task.Containers.FirstOrDefault(one => region.Images.Of(one.Image, oneOff) is not ImageBehaviour.Healthy { LogLines.Count: 0 })
            ?? task.Containers.First(one => one.Essential);
        return region.Images.Of(container.Image, oneOff);
    }

    private void Run(EcsTask task)
    {
        var behaviour = Behaviour(region, task, out var container);
        var refused = behaviour switch
        {
            ImageBehaviour.PullFails pull => $"CannotPullContainerError: {pull.Reason}",
            ImageBehaviour.StartFails start => start.Reason,
            _ => TaskStart.Refuse(region, task),
        };
        if (refused is not null)
        {
            Fail(task, container, refused);
            return;
        }
        task.LastStatus = "ACTIVATING";
        Then(task, TimeSpan.Zero, () =>
        {
            task.LastStatus = "RUNNING";
            task.StartedAt = region.Now;
            foreach (var one in task.Containers) one.LastStatus = "RUNNING";
            TaskLogs.Write(region, task, container, behaviour.LogLines);
            Behave(task, container, behaviour);
            task.Changed(task);
        });
    }

    private void Behave(EcsTask task, EcsContainer container, ImageBehaviour behaviour)
    {
        switch (behaviour)
        {
            case ImageBehaviour.CrashLoop crash:
                Then(task, crash.After, () => Exit(task, container, crash.ExitCode, reason: null));
                break;
            case ImageBehaviour.OutOfMemory kill:
                Then(task, kill.After, () => Exit(task, container, 137, "OutOfMemoryError: Container killed due to memory usage"));
                break;
            case ImageBehaviour.Healthy when task.Deployment is null:
                Then(task, region.Timings.OneOffRun, () => Exit(task, container, exitCode: 0, reason: null));
                break;
        }
        // Until it ends, a service's container answers its checks, unless it is one that never does.
        task.Listens = behaviour is not ImageBehaviour.NotListening;
        var passes = behaviour is not (ImageBehaviour.NeverHealthy or ImageBehaviour.NotListening);
        if (task.Deployment is { } deployment) AwaitChecks(task, deployment.Service.HasHealthCheck(task.Definition), passes);
    }

    private void AwaitChecks(EcsTask task, bool hasCheck, bool passes)
    {
        if (!hasCheck)
        {
            task.Healthy = true;
            return;
        }
        Then(task, region.Timings.HealthCheck, () =>
        {
            task.PassesChecks = passes;
            task.Healthy = passes;
            if (!passes)
            {
                var why = TargetHealth.WhyUnhealthy(task);
                if (task.Deployment?.Service is { } service && service.TargetGroups.FirstOrDefault() is { } group)
                    service.Say(region.Now, $"(task {task.Id}) is unhealthy in (target-group {group}) due to (reason {why}).");
                Then(task, region.Timings.HealthCheck, () => FailChecks(task));
            }
            task.Changed(task);
        });
    }

    private void FailChecks(EcsTask task) =>
        Stop(task, "ServiceSchedulerInitiated", task.Deployment?.Service.TargetGroups.FirstOrDefault() is { } group
        ? $"Task failed ELB health checks in (target-group {group})"
        : "Task failed container health checks");

    private void Exit(EcsTask task, EcsContainer container, int exitCode, string? reason)
    {
        container.ExitCode = exitCode;
        container.Reason = reason;
        container.LastStatus = "STOPPED";
        Stop(task, "EssentialContainerExited", "Essential container in task exited");
    }

    private void Fail(EcsTask task, EcsContainer container, string reason)
    {
        container.Reason = reason;
        Stop(task, "TaskFailedToStart", reason);
    }

    private void Stopped(EcsTask task)
    {
        task.LastStatus = "STOPPED";
        task.StoppedAt = region.Now;
        foreach (var container in task.Containers)
        {
            // A container that never ran has no exit code; one that was told to stop ends by SIGTERM.
            if (container.LastStatus == "RUNNING") container.ExitCode = 143;
            container.LastStatus = "STOPPED";
        }
        region.Timeline.After(region.Timings.StoppedTaskKept, () => task.Cluster.Tasks.Remove(task));
        task.Changed(task);
    }

    private void Then(EcsTask task, TimeSpan delay, Action step)
    {
        var course = task.Course;
        region.Timeline.After(delay, () =>
        {
            if (task.Course == course) step();
        });
    }
}
