namespace Barcelona.GitOps.Sandbox.Aws.Images;

/// <summary>What a container of an image does once it is told to start.</summary>
public abstract record ImageBehaviour
{
    /// <summary>
    /// Lines that the container writes to its log when it starts (and, for one that ends, before it ends). <c>$NAME</c> is its variable's value.
    /// </summary>
    public IReadOnlyList<string> LogLines { get; init; } = [];

    /// <summary>A service's container runs and passes its checks; a one-off's ends with exit code 0.</summary>
    public sealed record Healthy : ImageBehaviour;

    /// <summary>Starts, and ends with the exit code after a while; so does its replacement. A one-off's container does it once.</summary>
    public sealed record CrashLoop(int ExitCode, TimeSpan After) : ImageBehaviour;

    /// <summary>Runs, and never passes a load balancer's or container's health check. A one-off's never ends by itself.</summary>
    public sealed record NeverHealthy : ImageBehaviour;

    /// <summary>Runs, and listens on another port than it was told: nobody who connects is answered.</summary>
    public sealed record NotListening : ImageBehaviour;

    /// <summary>The image cannot be had.</summary>
    public sealed record PullFails(string Reason) : ImageBehaviour;

    /// <summary>The task is refused before the container runs; <paramref name="Reason"/> is what ECS says, word for word.</summary>
    public sealed record StartFails(string Reason) : ImageBehaviour;

    /// <summary>Killed for its memory (exit code 137) after a while.</summary>
    public sealed record OutOfMemory(TimeSpan After) : ImageBehaviour;
}
