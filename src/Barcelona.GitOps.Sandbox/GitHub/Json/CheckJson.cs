using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.GitHub.Json;

internal static class CheckJson
{
    public static JsonObject Run(SandboxRepository repository, SandboxCheckRun run, Urls urls)
    {
        var api = urls.Api($"repos/{repository.FullName}/check-runs/{run.Id}");
        var html = urls.Html($"{repository.FullName}/runs/{run.Id}");
        return new JsonObject
        {
            ["id"] = run.Id,
            ["name"] = run.Name,
            ["node_id"] = $"CR_{run.Id}",
            ["head_sha"] = run.HeadSha,
            ["external_id"] = run.ExternalId ?? "",
            ["url"] = api,
            ["html_url"] = html,
            ["details_url"] = run.DetailsUrl ?? html,
            ["status"] = run.Status,
            ["conclusion"] = run.Conclusion,
            ["started_at"] = Urls.Time(run.StartedAt),
            ["completed_at"] = run.CompletedAt is { } at ? Urls.Time(at) : null,
            ["output"] = new JsonObject
            {
                ["title"] = run.Title,
                ["summary"] = run.Summary,
                ["text"] = run.Text,
                ["annotations_count"] = run.Annotations.Count,
                ["annotations_url"] = $"{api}/annotations",
            },
            ["check_suite"] = new JsonObject { ["id"] = run.SuiteId },
            ["app"] = AppJson.App(repository.GitHub, urls),
            ["pull_requests"] = PullRequests(repository, run.HeadSha, urls),
        };
    }

    public static JsonObject Suite(SandboxRepository repository, SandboxCheckSuite suite, Urls urls)
    {
        var api = urls.Api($"repos/{repository.FullName}/check-suites/{suite.Id}");
        var runs = repository.CheckRuns.Where(r => r.SuiteId == suite.Id).ToList();
        var completed = runs.Count > 0 && runs.All(r => r.Status == "completed");
        return new JsonObject
        {
            ["id"] = suite.Id,
            ["node_id"] = $"CS_{suite.Id}",
            ["head_branch"] = suite.HeadBranch,
            ["head_sha"] = suite.HeadSha,
            ["status"] = completed ? "completed" : runs.Any(r => r.Status != "queued") ? "in_progress" : "queued",
            ["conclusion"] = completed ? Conclusion(runs) : null,
            ["url"] = api,
            ["before"] = suite.Before ?? new string('0', 40),
            ["after"] = suite.HeadSha,
            ["pull_requests"] = PullRequests(repository, suite.HeadSha, urls),
            ["app"] = AppJson.App(repository.GitHub, urls),
            ["created_at"] = Urls.Time(suite.CreatedAt),
            ["updated_at"] = Urls.Time(suite.CreatedAt),
            ["rerequestable"] = true,
            ["runs_rerequestable"] = true,
            ["latest_check_runs_count"] = runs.Count,
            ["check_runs_url"] = $"{api}/check-runs",
            ["head_commit"] = repository.Git.Commit(suite.HeadSha) is { } commit ? CommitJson.Simple(commit) : null,
        };
    }

    public static JsonObject Annotation(SandboxRepository repository, SandboxCheckRun run, SandboxAnnotation annotation, Urls urls) => new()
    {
        ["path"] = annotation.Path,
        ["blob_href"] = urls.Api($"repos/{repository.FullName}/contents/{annotation.Path}?ref={run.HeadSha}"),
        ["start_line"] = annotation.StartLine,
        ["end_line"] = annotation.EndLine,
        ["start_column"] = annotation.StartColumn,
        ["end_column"] = annotation.EndColumn,
        ["annotation_level"] = annotation.Level,
        ["title"] = annotation.Title,
        ["message"] = annotation.Message,
        ["raw_details"] = annotation.RawDetails,
    };

    public static JsonObject Status(SandboxRepository repository, SandboxCommitStatus status, Urls urls) => new()
    {
        ["url"] = urls.Api($"repos/{repository.FullName}/statuses/{status.Sha}"),
        ["avatar_url"] = urls.Html($"avatars/{status.Creator.Id}"),
        ["id"] = status.Id,
        ["node_id"] = $"SC_{status.Id}",
        ["state"] = status.State,
        ["description"] = status.Description,
        ["target_url"] = status.TargetUrl,
        ["context"] = status.Context,
        ["created_at"] = Urls.Time(status.CreatedAt),
        ["updated_at"] = Urls.Time(status.CreatedAt),
        ["creator"] = UserJson.Of(status.Creator, urls),
    };

    /// <summary>Only pull requests inside the repository are listed: for a fork's head the list is empty.</summary>
    private static JsonArray PullRequests(SandboxRepository repository, string sha, Urls urls) => new(
    [
        .. repository.PullRequests.Where(p => p.HeadSha == sha && p.State == "open" && p.HeadRepository == repository).Select(p => new JsonObject
        {
            ["id"] = p.Id,
            ["number"] = p.Number,
            ["url"] = urls.Api($"repos/{repository.FullName}/pulls/{p.Number}"),
            ["head"] = End(p.HeadBranch, p.HeadSha, repository, urls),
            ["base"] = End(p.BaseBranch, p.BaseSha, repository, urls),
        }),
    ]);

    private static JsonObject End(string branch, string sha, SandboxRepository repository, Urls urls) => new()
    {
        ["ref"] = branch,
        ["sha"] = sha,
        ["repo"] = new JsonObject
        {
            ["id"] = repository.Id,
            ["url"] = urls.Api($"repos/{repository.FullName}"),
            ["name"] = repository.Name,
        },
    };

    private static string Conclusion(IReadOnlyList<SandboxCheckRun> runs)
    {
        foreach (var worst in (string[])["failure", "timed_out", "cancelled", "action_required"])
        {
            if (runs.Any(r => r.Conclusion == worst))
                return worst;
        }
        return runs.Any(r => r.Conclusion == "success") ? "success" : "neutral";
    }
}
