using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Git;
using Barcelona.GitOps.Sandbox.GitHub.Json;
using Barcelona.GitOps.Sandbox.GitHub.Rest;

namespace Barcelona.GitOps.Sandbox.GitHub.Endpoints;

/// <summary>Commits, what lies between them, and the statuses that other tools put on them.</summary>
internal static class CommitEndpoints
{
    private const int MostCompared = 250;
    private const int MostFiles = 300;

    public static void Map(RestRoutes routes) => routes
        .Get("/repos/{owner}/{repo}/commits", RestAccess.Read("contents"), ListCommits)
        .Get("/repos/{owner}/{repo}/commits/{ref}", RestAccess.Read("contents"), GetCommit)
        .Get("/repos/{owner}/{repo}/compare/{basehead}", RestAccess.Read("contents"), Compare)
        .Get("/repos/{owner}/{repo}/commits/{commit_sha}/pulls", RestAccess.Read("pull_requests", "contents"), ListPullRequests)
        .Get("/repos/{owner}/{repo}/commits/{ref}/statuses", RestAccess.Read("statuses"), call => Resolve(call) is { } commit
            ? RestPaging.Page(call, Statuses(call, commit.Sha), s => CheckJson.Status(call.Repository, s, call.Urls))
            : RestAnswer.NotFound)
        .Get("/repos/{owner}/{repo}/commits/{ref}/status", RestAccess.Read("statuses"), GetCombined)
        .Post("/repos/{owner}/{repo}/statuses/{sha}", RestAccess.ToWrite("statuses"), CreateStatus);

    private static GitCommit? Resolve(RestCall call) =>
        call.Repository.Git.Resolve(call.Route("ref")) is { } sha ? call.Repository.Git.Commit(sha) : null;

    private static RestAnswer ListCommits(RestCall call)
    {
        var from = call.Query("sha") ?? call.Repository.DefaultBranch;
        return call.Repository.Git.Resolve(from) is { } sha
            ? RestPaging.Page(call, call.Repository.History.Log(sha, 1000), c => CommitJson.Rest(call.Repository, c, call.Urls))
            : RestAnswer.NotFound;
    }

    private static RestAnswer GetCommit(RestCall call)
    {
        if (Resolve(call) is not { } commit)
            return RestAnswer.Refused(422, $"No commit found for SHA: {call.Route("ref")}");
        if (call.Accepts("sha") is { } type)
            return new RestAnswer(200) { Raw = Encoding.UTF8.GetBytes(commit.Sha), ContentType = type };
        var changes = call.Repository.History.Changes(commit.Parents.Count == 0 ? null : commit.Parents[0], commit.Sha);
        var json = CommitJson.Rest(call.Repository, commit, call.Urls);
        json["stats"] = new JsonObject
        {
            ["additions"] = changes.Sum(c => c.Additions),
            ["deletions"] = changes.Sum(c => c.Deletions),
            ["total"] = changes.Sum(c => c.Additions + c.Deletions),
        };
        json["files"] = new JsonArray([.. changes.Take(MostFiles).Select(c => CommitJson.File(call.Repository, c, commit.Sha, call.Urls))]);
        return RestAnswer.Ok(json);
    }

    private static RestAnswer Compare(RestCall call)
    {
        if (call.Route("basehead").Split("...") is not [var from, var to])
            return RestAnswer.NotFound;
        var git = call.Repository.Git;
        if (git.Resolve(from) is not { } fromSha || git.Resolve(to) is not { } toSha
            || git.Commit(fromSha) is not { } fromCommit || call.Repository.History.Compare(fromSha, toSha) is not { } comparison
            || git.Commit(comparison.MergeBase) is not { } mergeBase)
            return RestAnswer.NotFound;
        var html = call.Urls.Html($"{call.Repository.FullName}/compare/{from}...{to}");
        var files = call.Repository.History.Changes(comparison.MergeBase, toSha);
        return RestAnswer.Ok(new JsonObject
        {
            ["url"] = call.Urls.Api($"repos/{call.Repository.FullName}/compare/{from}...{to}"),
            ["html_url"] = html,
            ["permalink_url"] = html,
            ["diff_url"] = $"{html}.diff",
            ["patch_url"] = $"{html}.patch",
            ["base_commit"] = CommitJson.Rest(call.Repository, fromCommit, call.Urls),
            ["merge_base_commit"] = CommitJson.Rest(call.Repository, mergeBase, call.Urls),
            ["status"] = comparison.Status,
            ["ahead_by"] = comparison.Ahead.Count,
            ["behind_by"] = comparison.BehindBy,
            ["total_commits"] = comparison.Ahead.Count,
            ["commits"] = new JsonArray([.. comparison.Ahead.TakeLast(MostCompared).Select(c => CommitJson.Rest(call.Repository, c, call.Urls))]),
            ["files"] = new JsonArray([.. files.Take(MostFiles).Select(f => CommitJson.File(call.Repository, f, toSha, call.Urls))]),
        });
    }

    /// <summary>Pull requests that bring the commit in: by their head, or by the merge that made it.</summary>
    private static RestAnswer ListPullRequests(RestCall call)
    {
        var sha = call.Route("commit_sha");
        var history = call.Repository.History;
        var pulls = call.Repository.PullRequests.Where(p => p.HeadSha == sha || p.MergeCommitSha == sha
            || history.IsAncestor(sha, p.HeadSha) && !history.IsAncestor(sha, p.BaseSha));
        return RestPaging.Page(call, [.. pulls], p => PullRequestJson.Simple(call.Repository, p, call.Urls));
    }

    /// <summary>Newest first; of several with one context the newest counts.</summary>
    private static List<SandboxCommitStatus> Statuses(RestCall call, string sha) =>
        [.. call.Repository.StatusLedger.All.Where(s => s.Sha == sha).Reverse()];

    private static RestAnswer GetCombined(RestCall call)
    {
        if (Resolve(call) is not { } commit)
            return RestAnswer.NotFound;
        var latest = Statuses(call, commit.Sha).DistinctBy(s => s.Context).ToList();
        var api = call.Urls.Api($"repos/{call.Repository.FullName}/commits/{commit.Sha}");
        return RestAnswer.Ok(new JsonObject
        {
            ["state"] = latest.Any(s => s.State is "error" or "failure") ? "failure"
                : latest.Count > 0 && latest.All(s => s.State == "success") ? "success" : "pending",
            ["statuses"] = new JsonArray([.. latest.Select(s =>
            {
                var json = CheckJson.Status(call.Repository, s, call.Urls);
                json.Remove("creator");
                return json;
            })]),
            ["sha"] = commit.Sha,
            ["total_count"] = latest.Count,
            ["repository"] = RepositoryJson.Minimal(call.Repository, call.Urls),
            ["commit_url"] = api,
            ["url"] = $"{api}/status",
        });
    }

    private static RestAnswer CreateStatus(RestCall call)
    {
        if (call.Body.Text("state") is not ("error" or "failure" or "pending" or "success"))
            return RestAnswer.Unprocessable("Status", "state", "invalid");
        if (call.Repository.Git.Commit(call.Route("sha")) is not { } commit)
            return RestAnswer.Refused(422, $"No commit found for SHA: {call.Route("sha")}");
        var status = call.Repository.StatusLedger.Add(
            new SandboxCommitStatus(call.GitHub.Ids.Next(), commit.Sha, call.Body.Text("context") ?? "default", call.Body.Text("state") ?? "")
            {
                Description = call.Body.Text("description"),
                TargetUrl = call.Body.Text("target_url"),
                Creator = call.GitHub.Bot,
                CreatedAt = call.GitHub.Now,
            });
        return RestAnswer.Created(CheckJson.Status(call.Repository, status, call.Urls));
    }
}
