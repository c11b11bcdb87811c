using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.GitHub.Json;

internal static class DeploymentJson
{
    public static JsonObject Deployment(SandboxRepository repository, SandboxDeployment deployment, Urls urls)
    {
        var github = repository.GitHub;
        var api = urls.Api($"repos/{repository.FullName}/deployments/{deployment.Id}");
        return new JsonObject
        {
            ["url"] = api,
            ["id"] = deployment.Id,
            ["node_id"] = $"DE_{deployment.Id}",
            ["sha"] = deployment.Sha,
            ["ref"] = deployment.Ref,
            ["task"] = deployment.Task,
            ["payload"] = deployment.Payload?.DeepClone() ?? new JsonObject(),
            ["original_environment"] = deployment.Environment,
            ["environment"] = deployment.Environment,
            ["description"] = deployment.Description,
            ["creator"] = UserJson.Of(github.Bot, urls),
            ["created_at"] = Urls.Time(deployment.CreatedAt),
            ["updated_at"] = Urls.Time(deployment.Statuses is [.., var last] ? last.CreatedAt : deployment.CreatedAt),
            ["statuses_url"] = $"{api}/statuses",
            ["repository_url"] = urls.Api($"repos/{repository.FullName}"),
            ["transient_environment"] = deployment.Transient,
            ["production_environment"] = deployment.Production,
            ["performed_via_github_app"] = AppJson.App(github, urls),
        };
    }

    public static JsonObject Status(SandboxRepository repository, SandboxDeployment deployment, SandboxDeploymentStatus status, Urls urls)
    {
        var api = urls.Api($"repos/{repository.FullName}/deployments/{deployment.Id}");
        return new JsonObject
        {
            ["url"] = $"{api}/statuses/{status.Id}",
            ["id"] = status.Id,
            ["node_id"] = $"DES_{status.Id}",
            ["state"] = status.State,
            ["creator"] = UserJson.Of(repository.GitHub.Bot, urls),
            ["description"] = status.Description,
            ["environment"] = status.Environment,
            ["target_url"] = status.LogUrl,
            ["log_url"] = status.LogUrl,
            ["environment_url"] = status.EnvironmentUrl,
            ["created_at"] = Urls.Time(status.CreatedAt),
            ["updated_at"] = Urls.Time(status.CreatedAt),
            ["deployment_url"] = api,
            ["repository_url"] = urls.Api($"repos/{repository.FullName}"),
            ["performed_via_github_app"] = AppJson.App(repository.GitHub, urls),
        };
    }
}
