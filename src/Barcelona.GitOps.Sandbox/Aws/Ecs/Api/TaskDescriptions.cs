using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Api;

internal static class TaskDescriptions
{
    public static JsonObject Task(EcsTask task) => new()
    {
        ["taskArn"] = task.Arn,
        ["clusterArn"] = task.Cluster.Arn,
        ["taskDefinitionArn"] = task.Definition.Arn,
        ["group"] = task.Group,
        ["startedBy"] = task.StartedBy,
        ["launchType"] = task.LaunchType,
        ["lastStatus"] = task.LastStatus,
        ["desiredStatus"] = task.DesiredStatus,
        ["healthStatus"] = "UNKNOWN",
        ["cpu"] = task.Definition.Content.Text("cpu"),
        ["memory"] = task.Definition.Content.Text("memory"),
        ["containerInstanceArn"] = task.ContainerInstanceArn,
        ["createdAt"] = task.CreatedAt.Seconds(),
        ["startedAt"] = task.StartedAt?.Seconds(),
        ["stoppingAt"] = task.StoppingAt?.Seconds(),
        ["stoppedAt"] = task.StoppedAt?.Seconds(),
        ["stopCode"] = task.StopCode,
        ["stoppedReason"] = task.StoppedReason,
        ["overrides"] = task.Overrides.Copy(),
        ["containers"] = task.Containers.Select(container => Container(task, container)).ToJsonArray(),
        ["tags"] = new JsonArray(),
    };

    private static JsonObject Container(EcsTask task, EcsContainer container) => new()
    {
        ["containerArn"] = $"{task.Arn.Replace(":task/", ":container/", StringComparison.Ordinal)}/{container.RuntimeId[..8]}",
        ["taskArn"] = task.Arn,
        ["name"] = container.Name,
        ["image"] = container.Image,
        ["runtimeId"] = container.RuntimeId,
        ["lastStatus"] = container.LastStatus,
        ["exitCode"] = container.ExitCode,
        ["reason"] = container.Reason,
        ["networkInterfaces"] = new JsonArray(),
        ["networkBindings"] = new JsonArray(),
    };
}
