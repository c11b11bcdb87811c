using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Services;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Api;

/// <summary>Services and deployments as the answers show them.</summary>
internal static class ServiceDescriptions
{
    private static readonly string[] Echoed =
    [
        "capacityProviderStrategy", "deploymentController", "enableECSManagedTags", "enableExecuteCommand", "healthCheckGracePeriodSeconds",
        "loadBalancers", "networkConfiguration", "placementConstraints", "placementStrategy", "platformVersion", "propagateTags",
        "schedulingStrategy", "serviceRegistries",
    ];

    public static JsonObject Service(EcsService service)
    {
        var answer = new JsonObject
        {
            ["serviceArn"] = service.Arn,
            ["serviceName"] = service.Name,
            ["clusterArn"] = service.Cluster.Arn,
            ["status"] = service.Status,
            ["desiredCount"] = service.DesiredCount,
            ["runningCount"] = service.Tasks.Count(task => task.LastStatus == "RUNNING"),
            ["pendingCount"] = service.Tasks.Count(task => task.IsLive && task.LastStatus != "RUNNING"),
            ["taskDefinition"] = service.TaskDefinitionArn,
            ["deploymentConfiguration"] = Configuration(service),
            ["deployments"] = service.Deployments.Select(Deployment).ToJsonArray(),
            ["events"] = service.Events.Select(entry => entry.Copy()).ToJsonArray(),
            ["createdAt"] = service.CreatedAt.Seconds(),
            ["currentServiceDeployment"] = service.Primary is { InProgress: true } running ? running.Record.Arn : null,
        };
        if (!service.Settings.Objects("capacityProviderStrategy").Any()) answer["launchType"] = service.LaunchType;
        foreach (var name in Echoed)
        {
            if (service.Settings[name] is { } value) answer[name] = value.DeepClone();
        }
        answer["schedulingStrategy"] ??= "REPLICA";
        answer["loadBalancers"] ??= new JsonArray();
        return answer;
    }

    public static JsonObject Configuration(EcsService service)
    {
        var configuration = service.Settings.Object("deploymentConfiguration")?.Copy() ?? [];
        configuration["minimumHealthyPercent"] ??= service.MinimumPercent;
        configuration["maximumPercent"] ??= service.MaximumPercent;
        return configuration;
    }

    private static JsonObject Deployment(EcsDeployment deployment)
    {
        var tasks = deployment.Service.Tasks.Where(task => task.Deployment == deployment).ToList();
        return new JsonObject
        {
            ["id"] = deployment.Id,
            ["status"] = deployment.Status,
            ["taskDefinition"] = deployment.TaskDefinitionArn,
            ["desiredCount"] = deployment.Status == "PRIMARY" ? deployment.Service.DesiredCount : 0,
            ["runningCount"] = tasks.Count(task => task.LastStatus == "RUNNING"),
            ["pendingCount"] = tasks.Count(task => task.IsLive && task.LastStatus != "RUNNING"),
            ["failedTasks"] = deployment.FailedTasks,
            ["createdAt"] = deployment.CreatedAt.Seconds(),
            ["updatedAt"] = deployment.UpdatedAt.Seconds(),
            ["rolloutState"] = deployment.RolloutState,
            ["rolloutStateReason"] = deployment.RolloutStateReason,
            ["launchType"] = deployment.Service.LaunchType,
        };
    }
}
