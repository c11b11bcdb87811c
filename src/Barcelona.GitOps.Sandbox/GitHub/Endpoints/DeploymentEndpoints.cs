using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.GitHub.Json;
using Barcelona.GitOps.Sandbox.GitHub.Rest;

namespace Barcelona.GitOps.Sandbox.GitHub.Endpoints;

/// <summary>Deployments and their statuses. Auto-merge is not played: a ref that is behind deploys as it is.</summary>
internal static class DeploymentEndpoints
{
    private const int LongestDescription = 140;

    private static readonly string[] States = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"];

    public static void Map(RestRoutes routes) => routes
        .Get("/repos/{owner}/{repo}/deployments", RestAccess.Read("deployments"), List)
        .Post("/repos/{owner}/{repo}/deployments", RestAccess.ToWrite("deployments"), Create)
        .Get("/repos/{owner}/{repo}/deployments/{deployment_id}", RestAccess.Read("deployments"), call =>
            Find(call) is { } deployment ? RestAnswer.Ok(Shape(call, deployment)) : RestAnswer.NotFound)
        .Delete("/repos/{owner}/{repo}/deployments/{deployment_id}", RestAccess.ToWrite("deployments"), Delete)
        .Get("/repos/{owner}/{repo}/deployments/{deployment_id}/statuses", RestAccess.Read("deployments"), call => Find(call) is { } deployment
            ? RestPaging.Page(call, [.. deployment.Statuses.Reverse()], s => DeploymentJson.Status(call.Repository, deployment, s, call.Urls))
            : RestAnswer.NotFound)
        .Get("/repos/{owner}/{repo}/deployments/{deployment_id}/statuses/{status_id}", RestAccess.Read("deployments"), call =>
            Find(call) is { } deployment && deployment.Statuses.FirstOrDefault(s => s.Id == call.RouteId("status_id")) is { } status
                ? RestAnswer.Ok(DeploymentJson.Status(call.Repository, deployment, status, call.Urls))
                : RestAnswer.NotFound)
        .Post("/repos/{owner}/{repo}/deployments/{deployment_id}/statuses", RestAccess.ToWrite("deployments"), CreateStatus);

    private static SandboxDeployment? Find(RestCall call) => call.Repository.DeploymentLedger.Find(call.RouteId("deployment_id"));

    private static JsonObject Shape(RestCall call, SandboxDeployment deployment) => DeploymentJson.Deployment(call.Repository, deployment, call.Urls);

    private static RestAnswer List(RestCall call)
    {
        var deployments = call.Repository.Deployments.Reverse()
            .Where(d => Matches(call, "sha", d.Sha) && Matches(call, "ref", d.Ref))
            .Where(d => Matches(call, "task", d.Task) && Matches(call, "environment", d.Environment));
        return RestPaging.Page(call, [.. deployments], d => Shape(call, d));
    }

    private static bool Matches(RestCall call, string filter, string value) => call.Query(filter) is null or "none" || call.Query(filter) == value;

    private static RestAnswer Create(RestCall call)
    {
        if (call.Body.Text("ref") is not { } reference)
            return RestAnswer.Invalid("\"ref\" wasn't supplied.");
        if (call.Body.Text("description") is { Length: > LongestDescription })
            return RestAnswer.Unprocessable("Deployment", "description", "invalid");
        if (call.Repository.Git.Resolve(reference) is not { } sha)
            return RestAnswer.Refused(422, $"No ref found for: {reference}");
        var pending = Pending(call, sha);
        if (pending.Count > 0)
            return Conflict(reference, pending);
        var environment = call.Body.Text("environment") ?? "production";
        var deployment = call.Repository.DeploymentLedger.Add(new SandboxDeployment
        {
            Id = call.GitHub.Ids.Next(),
            Ref = reference,
            Sha = sha,
            Task = call.Body.Text("task") ?? "deploy",
            Environment = environment,
            Description = call.Body.Text("description"),
            Payload = call.Body.Find("payload") is { } payload ? JsonNode.Parse(payload.GetRawText()) : null,
            Transient = call.Body.Flag("transient_environment") ?? false,
            Production = call.Body.Flag("production_environment") ?? environment == "production",
            CreatedAt = call.GitHub.Now,
        });
        call.GitHub.Announce(new DeploymentChanged(call.Repository, deployment));
        return RestAnswer.Created(Shape(call, deployment));
    }

    /// <summary>Without `required_contexts` everything on the commit must have succeeded, also what the App itself reported.</summary>
    private static List<(string Context, string State)> Pending(RestCall call, string sha)
    {
        var contexts = call.Repository.StatusLedger.All.Reverse().Where(s => s.Sha == sha).DistinctBy(s => s.Context)
            .Select(s => (s.Context, s.State))
            .Concat(call.Repository.CheckRuns.Reverse().Where(r => r.HeadSha == sha).DistinctBy(r => r.Name)
                .Select(r => (Context: r.Name, State: r.Conclusion switch
                {
                    "success" or "neutral" or "skipped" => "success",
                    null => "pending",
                    _ => "failure",
                }))).ToList();
        if (call.Body.Array("required_contexts") is not { } required)
            return [.. contexts.Where(c => c.State != "success")];
        return [.. required.Select(r => r.GetString() ?? "").Where(r => !contexts.Contains((r, "success")))
            .Select(r => (r, contexts.FirstOrDefault(c => c.Context == r).State ?? "pending"))];
    }

    private static RestAnswer Conflict(string reference, List<(string Context, string State)> pending) => new(409, new JsonObject
    {
        ["message"] = $"Conflict: Commit status checks failed for {reference}.",
        ["errors"] = new JsonArray(new JsonObject
        {
            ["contexts"] = new JsonArray([.. pending.Select(c => new JsonObject { ["context"] = c.Context, ["state"] = c.State })]),
            ["resource"] = "Deployment",
            ["field"] = "required_contexts",
            ["code"] = "invalid",
        }),
        ["documentation_url"] = "https://docs.github.com/rest",
        ["status"] = "409",
    });

    private static RestAnswer Delete(RestCall call)
    {
        if (Find(call) is not { } deployment)
            return RestAnswer.NotFound;
        if (call.Repository.Deployments.Count > 1 && deployment.Statuses is [.., { State: not "inactive" }] or [])
            return RestAnswer.Refused(422, "We cannot delete an active deployment unless it is the only deployment in a given environment.");
        call.Repository.DeploymentLedger.Remove(deployment.Id);
        return RestAnswer.NoContent;
    }

    private static RestAnswer CreateStatus(RestCall call)
    {
        if (Find(call) is not { } deployment)
            return RestAnswer.NotFound;
        if (call.Body.Text("state") is not { } state || !States.Contains(state))
            return RestAnswer.Invalid($"{call.Body.Text("state")} is not a member of [{string.Join(", ", States)}].");
        if (call.Body.Text("description") is { Length: > LongestDescription })
            return RestAnswer.Unprocessable("DeploymentStatus", "description", "invalid");
        var status = new SandboxDeploymentStatus(call.GitHub.Ids.Next(), state, call.Body.Text("description") ?? "")
        {
            LogUrl = call.Body.Text("log_url") ?? call.Body.Text("target_url") ?? "",
            EnvironmentUrl = call.Body.Text("environment_url") ?? "",
            Environment = call.Body.Text("environment") ?? deployment.Environment,
            CreatedAt = call.GitHub.Now,
        };
        if (state == "success" && call.Body.Flag("auto_inactive") != false)
            Retire(call, deployment);
        var updated = Append(call, deployment, status);
        return RestAnswer.Created(DeploymentJson.Status(call.Repository, updated, status, call.Urls));
    }

    /// <summary>Earlier successes in the environment become inactive; transient and production ones stay.</summary>
    private static void Retire(RestCall call, SandboxDeployment newest)
    {
        foreach (var earlier in call.Repository.Deployments)
        {
            if (earlier.Id < newest.Id && earlier.Environment == newest.Environment && earlier is { Transient: false, Production: false }
                && earlier.Statuses is [.., { State: "success" }])
                Append(call, earlier, new SandboxDeploymentStatus(call.GitHub.Ids.Next(), "inactive", "")
                {
                    Environment = earlier.Environment,
                    CreatedAt = call.GitHub.Now,
                });
        }
    }

    private static SandboxDeployment Append(RestCall call, SandboxDeployment deployment, SandboxDeploymentStatus status)
    {
        var updated = call.Repository.DeploymentLedger.Update(deployment.Id, d => d with { Statuses = [.. d.Statuses, status] }) ?? deployment;
        call.GitHub.Announce(new DeploymentChanged(call.Repository, updated));
        return updated;
    }
}
