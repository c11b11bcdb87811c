using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub.Json;

namespace Barcelona.GitOps.Sandbox.GitHub.Webhooks;

internal static class InstallationEvents
{
    public static WebhookEvent Installation(SandboxGitHub github, string action, SandboxInstallation installation)
    {
        var urls = new Urls(github.PublicUrl);
        var repositories = github.Repositories.Where(r => r.InstallationId == installation.Id).Select(r => new JsonObject
        {
            ["id"] = r.Id,
            ["node_id"] = $"R_{r.Id}",
            ["name"] = r.Name,
            ["full_name"] = r.FullName,
            ["private"] = r.Private,
        });
        return new WebhookEvent("installation", new JsonObject
        {
            ["action"] = action,
            ["installation"] = AppJson.Installation(github, installation, urls),
            ["repositories"] = new JsonArray([.. repositories]),
            ["requester"] = null,
            ["sender"] = UserJson.Of(installation.Account, urls),
        })
        { InstallationId = installation.Id };
    }
}
