namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>How long things take. The defaults are AWS's in miniature (tens of seconds for a deploy); <see cref="Fast"/> is for watching.</summary>
public sealed record SandboxTimings
{
    /// <summary>A stack operation's start, before its first resource, and its end, after the last.</summary>
    public TimeSpan StackStep { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan ResourceCreation { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan ResourceUpdate { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan ResourceDeletion { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often CloudFormation asks whether a service is steady.</summary>
    public TimeSpan StabilizationPoll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Until a network load balancer is active; an application load balancer is as it is made.</summary>
    public TimeSpan NetworkBalancer { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From the want of an instance to its joining the cluster.</summary>
    public TimeSpan InstanceStart { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan TaskProvisioning { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Image pull and container start.</summary>
    public TimeSpan TaskPending { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>From SIGTERM to STOPPED for a task that obeys.</summary>
    public TimeSpan TaskStopping { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long an ordinary one-off task runs.</summary>
    public TimeSpan OneOffRun { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From a target's registration to its first verdict.</summary>
    public TimeSpan HealthCheck { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The scheduler's pause before it replaces a task that failed.</summary>
    public TimeSpan TaskRestart { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From the last change of a service to "has reached a steady state".</summary>
    public TimeSpan SteadyState { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long alarms are watched once a service is steady.</summary>
    public TimeSpan AlarmBake { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>ECS forgets a stopped task after about an hour.</summary>
    public TimeSpan StoppedTaskKept { get; init; } = TimeSpan.FromHours(1);

    public static SandboxTimings Fast { get; } = new()
    {
        StackStep = TimeSpan.FromMilliseconds(100),
        ResourceCreation = TimeSpan.FromMilliseconds(300),
        ResourceUpdate = TimeSpan.FromMilliseconds(300),
        ResourceDeletion = TimeSpan.FromMilliseconds(200),
        StabilizationPoll = TimeSpan.FromMilliseconds(200),
        NetworkBalancer = TimeSpan.FromMilliseconds(500),
        InstanceStart = TimeSpan.FromMilliseconds(500),
        TaskProvisioning = TimeSpan.FromMilliseconds(300),
        TaskPending = TimeSpan.FromMilliseconds(400),
        TaskStopping = TimeSpan.FromMilliseconds(400),
        OneOffRun = TimeSpan.FromMilliseconds(800),
        HealthCheck = TimeSpan.FromMilliseconds(500),
        TaskRestart = TimeSpan.FromMilliseconds(200),
        SteadyState = TimeSpan.FromMilliseconds(300),
        AlarmBake = TimeSpan.FromMilliseconds(600),
    };
}
