using System.Globalization;
using Barcelona.GitOps.Sandbox.GitHub.Activity;
using Barcelona.GitOps.Sandbox.GitHub.Json;
using Barcelona.GitOps.Sandbox.GitHub.Rest;
using Barcelona.GitOps.Sandbox.GitHub.Webhooks;

namespace Barcelona.GitOps.Sandbox.GitHub.Endpoints;

/// <summary>Comments and reactions on pull requests.</summary>
internal static class CommentEndpoints
{
    private const int LongestBody = 65536;

    private static readonly RestAccess Reading = RestAccess.Read("issues", "pull_requests");
    private static readonly RestAccess Writing = RestAccess.ToWrite("issues", "pull_requests");

    public static void Map(RestRoutes routes) => routes
        .Get("/repos/{owner}/{repo}/issues/{issue_number}", Reading, call => Pull(call) is { } pull
            ? RestAnswer.Ok(ConversationJson.Issue(call.Repository, pull, call.Urls))
            : RestAnswer.NotFound)
        .Get("/repos/{owner}/{repo}/issues/{issue_number}/comments", Reading, List)
        .Post("/repos/{owner}/{repo}/issues/{issue_number}/comments", Writing, Create)
        .Get("/repos/{owner}/{repo}/issues/comments/{comment_id}", Reading, call => Find(call) is { } comment
            ? RestAnswer.Ok(ConversationJson.Comment(call.Repository, comment, call.Urls))
            : RestAnswer.NotFound)
        .Patch("/repos/{owner}/{repo}/issues/comments/{comment_id}", Writing, Update)
        .Get("/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", Reading, call => Find(call) is { } comment
            ? RestPaging.Page(call, comment.Reactions, r => ConversationJson.Reaction(r, call.Urls))
            : RestAnswer.NotFound)
        .Post("/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", Writing, React);

    private static SandboxPullRequest? Pull(RestCall call) => call.Repository.PullRequestLedger.Find(call.RouteId("issue_number"));

    private static SandboxComment? Find(RestCall call) => call.Repository.CommentLedger.Find(call.RouteId("comment_id"));

    private static RestAnswer List(RestCall call)
    {
        if (Pull(call) is not { } pull)
            return RestAnswer.NotFound;
        var comments = call.Repository.Comments.Where(c => c.Number == pull.Number)
            .Where(c => !DateTimeOffset.TryParse(call.Query("since"), CultureInfo.InvariantCulture, out var since) || c.UpdatedAt >= since);
        return RestPaging.Page(call, [.. comments], c => ConversationJson.Comment(call.Repository, c, call.Urls));
    }

    private static RestAnswer Create(RestCall call)
    {
        if (Pull(call) is not { } pull)
            return RestAnswer.NotFound;
        if (Problem(call) is { } problem)
            return problem;
        var comment = new RepositoryConversations(call.Repository).Add(pull.Number, call.GitHub.Bot, call.Body.Text("body") ?? "");
        _ = call.GitHub.Webhooks.SendAsync(PullRequestEvents.Comment(call.Repository, comment, "created", call.GitHub.Bot));
        return RestAnswer.Created(ConversationJson.Comment(call.Repository, comment, call.Urls));
    }

    /// <summary>An App can only change what it wrote.</summary>
    private static RestAnswer Update(RestCall call)
    {
        if (Find(call) is not { } before)
            return RestAnswer.NotFound;
        if (before.Author != call.GitHub.Bot)
            return RestAnswer.Refused(403, "Resource not accessible by integration");
        if (Problem(call) is { } problem)
            return problem;
        if (new RepositoryConversations(call.Repository).Edit(before.Id, call.Body.Text("body") ?? "") is not { } comment)
            return RestAnswer.NotFound;
        _ = call.GitHub.Webhooks.SendAsync(PullRequestEvents.Comment(call.Repository, comment, "edited", call.GitHub.Bot));
        return RestAnswer.Ok(ConversationJson.Comment(call.Repository, comment, call.Urls));
    }

    private static RestAnswer? Problem(RestCall call) => call.Body.Text("body") switch
    {
        null => RestAnswer.Invalid("\"body\" wasn't supplied."),
        { Length: > LongestBody } => RestAnswer.Refused(422, $"Body is too long (maximum is {LongestBody} characters)"),
        _ => null,
    };

    /// <summary>The same reaction twice is the first one again, with 200.</summary>
    private static RestAnswer React(RestCall call)
    {
        if (Find(call) is not { } comment)
            return RestAnswer.NotFound;
        if (call.Body.Text("content") is not ("+1" or "-1" or "laugh" or "confused" or "heart" or "hooray" or "rocket" or "eyes"))
            return RestAnswer.Unprocessable("Reaction", "content", "invalid");
        var content = call.Body.Text("content") ?? "";
        if (comment.Reactions.FirstOrDefault(r => r.Content == content && r.Author == call.GitHub.Bot) is { } known)
            return RestAnswer.Ok(ConversationJson.Reaction(known, call.Urls));
        var reaction = new SandboxReaction(call.GitHub.Ids.Next(), content, call.GitHub.Bot, call.GitHub.Now);
        call.Repository.CommentLedger.Update(comment.Id, c => c with { Reactions = [.. c.Reactions, reaction] });
        return RestAnswer.Created(ConversationJson.Reaction(reaction, call.Urls));
    }
}
