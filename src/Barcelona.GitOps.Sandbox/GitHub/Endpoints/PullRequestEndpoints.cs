using Barcelona.GitOps.Sandbox.GitHub.Json;
using Barcelona.GitOps.Sandbox.GitHub.Rest;

namespace Barcelona.GitOps.Sandbox.GitHub.Endpoints;

internal static class PullRequestEndpoints
{
    public static void Map(RestRoutes routes) => routes
        .Get("/repos/{owner}/{repo}/pulls", RestAccess.Read("pull_requests"), List)
        .Get("/repos/{owner}/{repo}/pulls/{pull_number}", RestAccess.Read("pull_requests"), call => Find(call) is { } pull
            ? RestAnswer.Ok(PullRequestJson.Full(call.Repository, pull, call.Urls))
            : RestAnswer.NotFound)
        .Get("/repos/{owner}/{repo}/pulls/{pull_number}/files", RestAccess.Read("pull_requests"), ListFiles);

    private static SandboxPullRequest? Find(RestCall call) => call.Repository.PullRequestLedger.Find(call.RouteId("pull_number"));

    private static RestAnswer List(RestCall call)
    {
        var state = call.Query("state") ?? "open";
        var pulls = call.Repository.PullRequests.Reverse()
            .Where(p => state == "all" || p.State == state)
            .Where(p => call.Query("base") is not { } target || p.BaseBranch == target)
            .Where(p => call.Query("head") is not { } head || $"{p.HeadRepository.Owner.Login}:{p.HeadBranch}" == head);
        return RestPaging.Page(call, [.. pulls], p => PullRequestJson.Simple(call.Repository, p, call.Urls));
    }

    private static RestAnswer ListFiles(RestCall call)
    {
        if (Find(call) is not { } pull)
            return RestAnswer.NotFound;
        var mergeBase = call.Repository.History.Compare(pull.BaseSha, pull.HeadSha)?.MergeBase;
        return RestPaging.Page(call, call.Repository.History.Changes(mergeBase, pull.HeadSha),
            f => CommitJson.File(call.Repository, f, pull.HeadSha, call.Urls));
    }
}
