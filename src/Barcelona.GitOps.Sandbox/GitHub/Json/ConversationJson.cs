using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.GitHub.Json;

internal static class ConversationJson
{
    private static readonly string[] ReactionKinds = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

    public static JsonObject Comment(SandboxRepository repository, SandboxComment comment, Urls urls)
    {
        var api = urls.Api($"repos/{repository.FullName}/issues/comments/{comment.Id}");
        var reactions = new JsonObject { ["url"] = $"{api}/reactions", ["total_count"] = comment.Reactions.Count };
        foreach (var kind in ReactionKinds)
            reactions[kind] = comment.Reactions.Count(r => r.Content == kind);
        return new JsonObject
        {
            ["id"] = comment.Id,
            ["node_id"] = $"IC_{comment.Id}",
            ["url"] = api,
            ["html_url"] = urls.Html($"{repository.FullName}/pull/{comment.Number}#issuecomment-{comment.Id}"),
            ["issue_url"] = urls.Api($"repos/{repository.FullName}/issues/{comment.Number}"),
            ["body"] = comment.Body,
            ["user"] = UserJson.Of(comment.Author, urls),
            ["created_at"] = Urls.Time(comment.CreatedAt),
            ["updated_at"] = Urls.Time(comment.UpdatedAt),
            ["author_association"] = Association(repository, comment.Author),
            ["performed_via_github_app"] = comment.Author == repository.GitHub.Bot ? AppJson.App(repository.GitHub, urls) : null,
            ["reactions"] = reactions,
        };
    }

    public static JsonObject Reaction(SandboxReaction reaction, Urls urls) => new()
    {
        ["id"] = reaction.Id,
        ["node_id"] = $"REA_{reaction.Id}",
        ["user"] = UserJson.Of(reaction.Author, urls),
        ["content"] = reaction.Content,
        ["created_at"] = Urls.Time(reaction.CreatedAt),
    };

    /// <summary>The issue behind a pull request.</summary>
    public static JsonObject Issue(SandboxRepository repository, SandboxPullRequest pull, Urls urls)
    {
        var api = urls.Api($"repos/{repository.FullName}/issues/{pull.Number}");
        var pullApi = urls.Api($"repos/{repository.FullName}/pulls/{pull.Number}");
        var html = urls.Html($"{repository.FullName}/pull/{pull.Number}");
        return new JsonObject
        {
            ["id"] = pull.Id + 1_000_000,
            ["node_id"] = $"I_{pull.Id}",
            ["url"] = api,
            ["repository_url"] = urls.Api($"repos/{repository.FullName}"),
            ["labels_url"] = $"{api}/labels{{/name}}",
            ["comments_url"] = $"{api}/comments",
            ["events_url"] = $"{api}/events",
            ["html_url"] = html,
            ["number"] = pull.Number,
            ["state"] = pull.State,
            ["title"] = pull.Title,
            ["body"] = null,
            ["user"] = UserJson.Of(pull.Author, urls),
            ["labels"] = new JsonArray(),
            ["assignee"] = null,
            ["assignees"] = new JsonArray(),
            ["milestone"] = null,
            ["locked"] = false,
            ["active_lock_reason"] = null,
            ["comments"] = repository.Comments.Count(c => c.Number == pull.Number),
            ["pull_request"] = new JsonObject
            {
                ["url"] = pullApi,
                ["html_url"] = html,
                ["diff_url"] = $"{html}.diff",
                ["patch_url"] = $"{html}.patch",
                ["merged_at"] = pull is { Merged: true, ClosedAt: { } merged } ? Urls.Time(merged) : null,
            },
            ["closed_at"] = pull.ClosedAt is { } closed ? Urls.Time(closed) : null,
            ["created_at"] = Urls.Time(pull.CreatedAt),
            ["updated_at"] = Urls.Time(pull.UpdatedAt),
            ["author_association"] = Association(repository, pull.Author),
        };
    }

    public static string Association(SandboxRepository repository, SandboxUser user) => user switch
    {
        _ when user == repository.Owner => "OWNER",
        { Type: "Bot" } => "NONE",
        _ => repository.PermissionOf(user) is "write" or "admin" ? "COLLABORATOR" : "NONE",
    };
}
