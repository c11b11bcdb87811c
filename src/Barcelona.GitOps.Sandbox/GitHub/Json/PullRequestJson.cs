using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.GitHub.Json;

internal static class PullRequestJson
{
    /// <summary>As lists give it.</summary>
    public static JsonObject Simple(SandboxRepository repository, SandboxPullRequest pull, Urls urls)
    {
        var api = urls.Api($"repos/{repository.FullName}/pulls/{pull.Number}");
        var issue = urls.Api($"repos/{repository.FullName}/issues/{pull.Number}");
        var html = urls.Html($"{repository.FullName}/pull/{pull.Number}");
        var statuses = urls.Api($"repos/{repository.FullName}/statuses/{pull.HeadSha}");
        return new JsonObject
        {
            ["url"] = api,
            ["id"] = pull.Id,
            ["node_id"] = $"PR_{pull.Id}",
            ["html_url"] = html,
            ["diff_url"] = $"{html}.diff",
            ["patch_url"] = $"{html}.patch",
            ["issue_url"] = issue,
            ["commits_url"] = $"{api}/commits",
            ["review_comments_url"] = $"{api}/comments",
            ["review_comment_url"] = urls.Api($"repos/{repository.FullName}/pulls/comments{{/number}}"),
            ["comments_url"] = $"{issue}/comments",
            ["statuses_url"] = statuses,
            ["number"] = pull.Number,
            ["state"] = pull.State,
            ["locked"] = false,
            ["title"] = pull.Title,
            ["user"] = UserJson.Of(pull.Author, urls),
            ["body"] = null,
            ["labels"] = new JsonArray(),
            ["milestone"] = null,
            ["active_lock_reason"] = null,
            ["created_at"] = Urls.Time(pull.CreatedAt),
            ["updated_at"] = Urls.Time(pull.UpdatedAt),
            ["closed_at"] = pull.ClosedAt is { } closed ? Urls.Time(closed) : null,
            ["merged_at"] = pull is { Merged: true, ClosedAt: { } merged } ? Urls.Time(merged) : null,
            ["merge_commit_sha"] = pull.MergeCommitSha,
            ["assignee"] = null,
            ["assignees"] = new JsonArray(),
            ["requested_reviewers"] = new JsonArray(),
            ["requested_teams"] = new JsonArray(),
            ["head"] = End(pull.HeadRepository, pull.HeadBranch, pull.HeadSha, urls),
            ["base"] = End(repository, pull.BaseBranch, pull.BaseSha, urls),
            ["_links"] = new JsonObject
            {
                ["self"] = Link(api),
                ["html"] = Link(html),
                ["issue"] = Link(issue),
                ["comments"] = Link($"{issue}/comments"),
                ["review_comments"] = Link($"{api}/comments"),
                ["review_comment"] = Link(urls.Api($"repos/{repository.FullName}/pulls/comments{{/number}}")),
                ["commits"] = Link($"{api}/commits"),
                ["statuses"] = Link(statuses),
            },
            ["author_association"] = ConversationJson.Association(repository, pull.Author),
            ["auto_merge"] = null,
            ["draft"] = false,
        };
    }

    public static JsonObject Full(SandboxRepository repository, SandboxPullRequest pull, Urls urls)
    {
        var json = Simple(repository, pull, urls);
        var head = $"refs/pull/{pull.Number}/head";
        var comparison = repository.Git.Reference(head) is { } sha ? repository.History.Compare(pull.BaseSha, sha) : null;
        var files = comparison is null ? [] : repository.History.Changes(comparison.MergeBase, pull.HeadSha);
        json["merged"] = pull.Merged;
        json["mergeable"] = pull.State == "open" ? true : null;
        json["rebaseable"] = null;
        json["mergeable_state"] = pull.State == "open" ? "clean" : "unknown";
        json["merged_by"] = pull.MergedBy is null ? null : UserJson.Of(pull.MergedBy, urls);
        json["comments"] = repository.Comments.Count(c => c.Number == pull.Number);
        json["review_comments"] = 0;
        json["maintainer_can_modify"] = false;
        json["commits"] = comparison?.Ahead.Count ?? 0;
        json["additions"] = files.Sum(f => f.Additions);
        json["deletions"] = files.Sum(f => f.Deletions);
        json["changed_files"] = files.Count;
        return json;
    }

    private static JsonObject End(SandboxRepository repository, string branch, string sha, Urls urls) => new()
    {
        ["label"] = $"{repository.Owner.Login}:{branch}",
        ["ref"] = branch,
        ["sha"] = sha,
        ["user"] = UserJson.Of(repository.Owner, urls),
        ["repo"] = RepositoryJson.Full(repository, urls),
    };

    private static JsonObject Link(string href) => new() { ["href"] = href };
}
