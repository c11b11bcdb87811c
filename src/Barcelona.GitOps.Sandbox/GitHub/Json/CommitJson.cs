using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Git;

namespace Barcelona.GitOps.Sandbox.GitHub.Json;

internal static class CommitJson
{
    /// <summary>A commit as the REST API tells it.</summary>
    public static JsonObject Rest(SandboxRepository repository, GitCommit commit, Urls urls)
    {
        var api = urls.Api($"repos/{repository.FullName}");
        return new JsonObject
        {
            ["sha"] = commit.Sha,
            ["node_id"] = $"C_{commit.Sha}",
            ["commit"] = new JsonObject
            {
                ["author"] = Person(commit.Author),
                ["committer"] = Person(commit.Committer),
                ["message"] = commit.Message.TrimEnd('\n'),
                ["tree"] = new JsonObject { ["sha"] = commit.TreeSha, ["url"] = $"{api}/git/trees/{commit.TreeSha}" },
                ["url"] = $"{api}/git/commits/{commit.Sha}",
                ["comment_count"] = 0,
                ["verification"] = new JsonObject
                {
                    ["verified"] = false,
                    ["reason"] = "unsigned",
                    ["signature"] = null,
                    ["payload"] = null,
                    ["verified_at"] = null,
                },
            },
            ["url"] = $"{api}/commits/{commit.Sha}",
            ["html_url"] = urls.Html($"{repository.FullName}/commit/{commit.Sha}"),
            ["comments_url"] = $"{api}/commits/{commit.Sha}/comments",
            ["author"] = Account(repository, commit.Author, urls),
            ["committer"] = Account(repository, commit.Committer, urls),
            ["parents"] = new JsonArray([.. commit.Parents.Select(p => new JsonObject
            {
                ["sha"] = p,
                ["url"] = $"{api}/commits/{p}",
                ["html_url"] = urls.Html($"{repository.FullName}/commit/{p}"),
            })]),
        };
    }

    /// <summary>A commit as a push tells it, with the files it touched.</summary>
    public static JsonObject InPush(SandboxRepository repository, GitCommit commit, Urls urls)
    {
        var touched = repository.History.Touched(commit);
        return new JsonObject
        {
            ["id"] = commit.Sha,
            ["tree_id"] = commit.TreeSha,
            ["distinct"] = true,
            ["message"] = commit.Message.TrimEnd('\n'),
            ["timestamp"] = commit.Committer.When.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
            ["url"] = urls.Html($"{repository.FullName}/commit/{commit.Sha}"),
            ["author"] = PushPerson(commit.Author),
            ["committer"] = PushPerson(commit.Committer),
            ["added"] = Paths(touched["added"]),
            ["removed"] = Paths(touched["removed"]),
            ["modified"] = Paths(touched["modified"]),
        };
    }

    /// <summary>A commit as a check suite tells it.</summary>
    public static JsonObject Simple(GitCommit commit) => new()
    {
        ["id"] = commit.Sha,
        ["tree_id"] = commit.TreeSha,
        ["message"] = commit.Message.TrimEnd('\n'),
        ["timestamp"] = Urls.Time(commit.Committer.When),
        ["author"] = new JsonObject { ["name"] = commit.Author.Name, ["email"] = commit.Author.Email },
        ["committer"] = new JsonObject { ["name"] = commit.Committer.Name, ["email"] = commit.Committer.Email },
    };

    public static JsonObject File(SandboxRepository repository, GitFileChange change, string head, Urls urls)
    {
        var json = new JsonObject
        {
            ["sha"] = change.Sha,
            ["filename"] = change.Path,
            ["status"] = change.Status,
            ["additions"] = change.Additions,
            ["deletions"] = change.Deletions,
            ["changes"] = change.Additions + change.Deletions,
            ["blob_url"] = urls.Html($"{repository.FullName}/blob/{head}/{change.Path}"),
            ["raw_url"] = urls.Html($"{repository.FullName}/raw/{head}/{change.Path}"),
            ["contents_url"] = urls.Api($"repos/{repository.FullName}/contents/{change.Path}?ref={head}"),
            ["patch"] = change.Patch,
        };
        if (change.PreviousPath is not null)
            json["previous_filename"] = change.PreviousPath;
        return json;
    }

    public static JsonObject Person(GitPerson person) =>
        new() { ["name"] = person.Name, ["email"] = person.Email, ["date"] = Urls.Time(person.When) };

    private static JsonObject? Account(SandboxRepository repository, GitPerson person, Urls urls) =>
        repository.GitHub.People.Find(person.Name) is { } user ? UserJson.Of(user, urls) : null;

    private static JsonObject PushPerson(GitPerson person) =>
        new() { ["name"] = person.Name, ["email"] = person.Email, ["username"] = person.Name };

    private static JsonArray Paths(IEnumerable<string> paths) => new([.. paths.Select(p => JsonValue.Create(p))]);
}
