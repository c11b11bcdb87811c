using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Definitions;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Services;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;

internal sealed class EcsTask
{
    public required string Id { get; init; }

    public required string Arn { get; init; }

    public required EcsCluster Cluster { get; init; }

    public required TaskDefinitionRevision Definition { get; init; }

    /// <summary>FARGATE or EC2.</summary>
    public required string LaunchType { get; init; }

    /// <summary><c>service:name</c> or <c>family:name</c>.</summary>
    public required string Group { get; init; }

    /// <summary>The deployment's id, or what RunTask was given.</summary>
    public string? StartedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required IReadOnlyList<EcsContainer> Containers { get; init; }

    /// <summary>Null for a one-off.</summary>
    public EcsDeployment? Deployment { get; init; }

    public JsonObject Overrides { get; init; } = [];

    public List<JsonObject> Tags { get; init; } = [];

    public JsonObject? NetworkConfiguration { get; init; }

    public string? ContainerInstanceArn { get; set; }

    public string LastStatus { get; set; } = "PROVISIONING";

    public string DesiredStatus { get; set; } = "RUNNING";

    /// <summary>Running, and past every health check that it has.</summary>
    public bool Healthy { get; set; }

    /// <summary>Null before the first verdict.</summary>
    public bool? PassesChecks { get; set; }

    /// <summary>Somebody who connects to its port is answered.</summary>
    public bool Listens { get; set; } = true;

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? StoppingAt { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    public string? StopCode { get; set; }

    public string? StoppedReason { get; set; }

    /// <summary>Told of every change that matters to a scheduler.</summary>
    public Action<EcsTask> Changed { get; init; } = _ => { };

    /// <summary>Counted up when a task's course changes, so that steps of the old course find themselves out of date.</summary>
    public int Course { get; set; }

    public bool FailedChecks => StoppedReason?.StartsWith("Task failed", StringComparison.Ordinal) == true;

    public bool IsLive => DesiredStatus == "RUNNING";

    public bool IsStopped => LastStatus == "STOPPED";
}
