using System.Text.Json;

namespace Barcelona.GitOps.Bench.Load;

/// <summary>A push of about 8 KB, as GitHub makes them: repetitive keys and addresses, random ids.</summary>
internal static class PushTemplate
{
    private const int Length = 8000;

    public static SignedRequest Create(string secret)
    {
        // As many commits as fill it.
        var body = Enumerable.Range(1, 20).Select(commits => Payload(new Random(20161123), commits)).First(payload => payload.Length >= Length);
        return SignedRequest.Of(body, secret);
    }

    private static byte[] Payload(Random random, int commits) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        @ref = "refs/heads/main",
        before = Hex(random),
        after = Hex(random),
        repository = Repository(random),
        pusher = new { name = "octocat", email = "octocat@github.com" },
        sender = User(random),
        installation = new { id = 1, node_id = "MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9uMQ==" },
        created = false,
        deleted = false,
        forced = false,
        compare = $"https://github.com/acme/shop/compare/{Hex(random)[..12]}...{Hex(random)[..12]}",
        commits = Enumerable.Range(0, commits).Select(_ => Commit(random)),
        head_commit = Commit(random),
    });

    private static object Commit(Random random) => new
    {
        id = Hex(random),
        tree_id = Hex(random),
        distinct = true,
        message = $"Change {random.Next()} of the shop\n\nBecause {random.Next()} had to.",
        timestamp = "2026-11-23T09:00:00+09:00",
        url = $"https://github.com/acme/shop/commit/{Hex(random)}",
        author = new { name = "Octo Cat", email = "octocat@github.com", username = "octocat" },
        committer = new { name = "GitHub", email = "noreply@github.com", username = "web-flow" },
        added = new[] { $"app/models/order_{random.Next()}.rb" },
        removed = Array.Empty<string>(),
        modified = new[] { $"app/controllers/orders_{random.Next()}.rb", "barcelona.yml" },
    };

    private static Dictionary<string, object?> Repository(Random random)
    {
        var repository = new Dictionary<string, object?>
        {
            ["id"] = random.Next(),
            ["node_id"] = Convert.ToBase64String(Bytes(random, 24)),
            ["name"] = "shop",
            ["full_name"] = "acme/shop",
            ["private"] = true,
            ["owner"] = User(random),
            ["default_branch"] = "main",
        };
        string[] links =
        [
            "archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare", "contents", "contributors", "deployments",
            "downloads", "events", "forks", "git_commits", "git_refs", "git_tags", "hooks", "issues", "keys", "labels", "languages", "merges",
            "milestones", "notifications", "pulls", "releases", "stargazers", "statuses", "subscribers", "subscription", "tags", "teams", "trees",
        ];
        foreach (var link in links)
            repository[$"{link}_url"] = $"https://api.github.com/repos/acme/shop/{link}{{/{link}_id}}";

        return repository;
    }

    private static object User(Random random) => new
    {
        login = "octocat",
        id = random.Next(),
        node_id = Convert.ToBase64String(Bytes(random, 16)),
        avatar_url = "https://avatars.githubusercontent.com/u/583231?v=4",
        url = "https://api.github.com/users/octocat",
        html_url = "https://github.com/octocat",
        followers_url = "https://api.github.com/users/octocat/followers",
        repos_url = "https://api.github.com/users/octocat/repos",
        type = "User",
    };

    private static string Hex(Random random) => Convert.ToHexStringLower(Bytes(random, 20));

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
