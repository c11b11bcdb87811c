using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.GitHub.Json;

internal static class RepositoryJson
{
    private static readonly (string Key, string Suffix)[] Links =
    [
        ("archive_url", "/{archive_format}{/ref}"), ("assignees_url", "/assignees{/user}"), ("blobs_url", "/git/blobs{/sha}"),
        ("branches_url", "/branches{/branch}"), ("collaborators_url", "/collaborators{/collaborator}"), ("comments_url", "/comments{/number}"),
        ("commits_url", "/commits{/sha}"), ("compare_url", "/compare/{base}...{head}"), ("contents_url", "/contents/{+path}"),
        ("contributors_url", "/contributors"), ("deployments_url", "/deployments"), ("downloads_url", "/downloads"), ("events_url", "/events"),
        ("forks_url", "/forks"), ("git_commits_url", "/git/commits{/sha}"), ("git_refs_url", "/git/refs{/sha}"),
        ("git_tags_url", "/git/tags{/sha}"), ("hooks_url", "/hooks"), ("issue_comment_url", "/issues/comments{/number}"),
        ("issue_events_url", "/issues/events{/number}"), ("issues_url", "/issues{/number}"), ("keys_url", "/keys{/key_id}"),
        ("labels_url", "/labels{/name}"), ("languages_url", "/languages"), ("merges_url", "/merges"), ("milestones_url", "/milestones{/number}"),
        ("notifications_url", "/notifications{?since,all,participating}"), ("pulls_url", "/pulls{/number}"), ("releases_url", "/releases{/id}"),
        ("stargazers_url", "/stargazers"), ("statuses_url", "/statuses/{sha}"), ("subscribers_url", "/subscribers"),
        ("subscription_url", "/subscription"), ("tags_url", "/tags"), ("teams_url", "/teams"), ("trees_url", "/git/trees{/sha}"),
    ];

    /// <summary>What many answers carry inside them.</summary>
    public static JsonObject Minimal(SandboxRepository repository, Urls urls)
    {
        var api = urls.Api($"repos/{repository.FullName}");
        var json = new JsonObject
        {
            ["id"] = repository.Id,
            ["node_id"] = $"R_{repository.Id}",
            ["name"] = repository.Name,
            ["full_name"] = repository.FullName,
            ["private"] = repository.Private,
            ["owner"] = UserJson.Of(repository.Owner, urls),
            ["html_url"] = urls.Html(repository.FullName),
            ["description"] = null,
            ["fork"] = repository.Parent is not null,
            ["url"] = api,
        };
        foreach (var (key, suffix) in Links)
            json[key] = api + suffix;
        return json;
    }

    public static JsonObject Full(SandboxRepository repository, Urls urls)
    {
        var json = Minimal(repository, urls);
        var html = urls.Html(repository.FullName);
        json["git_url"] = urls.Git(repository.FullName);
        json["ssh_url"] = $"git@localhost:{repository.FullName}.git";
        json["clone_url"] = urls.Git(repository.FullName);
        json["svn_url"] = html;
        json["mirror_url"] = null;
        json["homepage"] = null;
        json["language"] = null;
        json["license"] = null;
        json["default_branch"] = repository.DefaultBranch;
        json["visibility"] = repository.Private ? "private" : "public";
        foreach (var flag in (string[])["archived", "disabled", "has_pages", "has_discussions", "has_projects", "has_wiki", "has_downloads",
            "is_template", "web_commit_signoff_required"])
            json[flag] = false;
        json["has_issues"] = true;
        json["allow_forking"] = true;
        json["topics"] = new JsonArray();
        foreach (var count in (string[])["forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers",
            "watchers_count"])
            json[count] = 0;
        foreach (var time in (string[])["created_at", "updated_at", "pushed_at"])
            json[time] = Urls.Time(repository.CreatedAt);
        return json;
    }

    /// <summary>`GET /repos/{owner}/{repo}`.</summary>
    public static JsonObject Detailed(SandboxRepository repository, Urls urls)
    {
        var json = Full(repository, urls);
        json["network_count"] = 0;
        json["subscribers_count"] = 0;
        if (repository.Parent is { } parent)
        {
            json["parent"] = Full(parent, urls);
            json["source"] = Full(parent, urls);
        }
        return json;
    }

    /// <summary>A push carries the repository in an older form: times are seconds, the owner has a name and an address.</summary>
    public static JsonObject InPush(SandboxRepository repository, Urls urls)
    {
        var json = Full(repository, urls);
        var owner = UserJson.Of(repository.Owner, urls);
        owner["name"] = repository.Owner.Login;
        owner["email"] = null;
        json["owner"] = owner;
        json["created_at"] = repository.CreatedAt.ToUnixTimeSeconds();
        json["pushed_at"] = repository.GitHub.Now.ToUnixTimeSeconds();
        json["stargazers"] = 0;
        json["master_branch"] = repository.DefaultBranch;
        if (repository.Owner.Type == "Organization")
            json["organization"] = repository.Owner.Login;
        return json;
    }
}
