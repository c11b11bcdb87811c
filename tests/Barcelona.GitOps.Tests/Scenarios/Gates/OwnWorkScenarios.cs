using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.GitHub.Faults;
using LibGit2Sharp;

namespace Barcelona.GitOps.Tests.Scenarios.Gates;

/// <summary>Nobody approves their own work, wherever in what is deployed it is.</summary>
public sealed class OwnWorkScenarios : Scenario
{
    private static readonly string Asks = Manifests.Shop.Replace(
        "district: default\n", "district: default\n    deploy: {approve: [acme/ops]}\n", StringComparison.Ordinal);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var login in (string[])["octocat", "alice", "carol"])
        {
            Shop.AddUser(login, login == "octocat" ? "admin" : "write");
            Stage.GitHub.People.AddToTeam("acme/ops", login);
        }
    }

    [Theory]
    [InlineData("alice", "alice@users.noreply.github.com", "Work")]
    [InlineData("Alice A.", "1234+alice@users.noreply.github.com", "Work")]
    [InlineData("octocat", "octocat@example.com", "Work\n\nCo-authored-by: Alice A. <1234+Alice@users.noreply.github.com>")]
    [InlineData("octocat", "octocat@example.com", "Work\n\nco-authored-by: alice <alice@example.com>")]
    public async Task Whoever_wrote_any_commit_that_comes_with_it_does_not_approve(string name, string email, string message)
    {
        await DeployedAsync();
        var theirs = Commit(name, email, message);
        await Shop.ForcePushAsync("main", Commit("octocat", "octocat@example.com", "On top", theirs));

        var asked = await AskedAsync();
        await PressAsync(asked, "alice");

        Assert.Contains(
            $"alice asked to approve, and was refused: nobody approves what they wrote or pushed themselves, and {theirs[..7]} is of alice",
            Plain(Checks(asked.HeadSha).Single().Text),
            StringComparison.Ordinal);
        await PressAsync(asked, "carol");
        Assert.Contains(Checks(asked.HeadSha), c => c.Conclusion == "success");

        // What runs by now is nobody's own work any more.
        var next = await PushAsync(Asks + "# next\n");
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        await PressAsync(Checks(next).Single(), "alice");
        Assert.Contains(Checks(next), c => c.Conclusion == "success");
    }

    [Fact]
    public async Task Whoever_opened_the_pull_request_that_was_merged_does_not_approve()
    {
        await DeployedAsync();
        var fork = Shop.Fork("alice");
        await fork.CommitAsync("change", new Dictionary<string, string> { ["barcelona.yml"] = Asks + "# change\n" }, "Change");
        var number = await Shop.OpenPullRequestAsync("change", fork);
        await Shop.MergePullRequestAsync(number);

        var asked = await AskedAsync();
        await PressAsync(asked, "alice");

        Assert.Contains($"and pull request #{number} is of alice", Plain(Checks(asked.HeadSha).Single().Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_first_deploy_the_head_and_its_pull_request_count()
    {
        var begin = await PushAsync("environments: {}\n");
        await Stage.RunUntilQuietAsync();
        await Shop.ForcePushAsync("change", Commit("alice", "alice@users.noreply.github.com", "Work", begin));
        await Shop.MergePullRequestAsync(await Shop.OpenPullRequestAsync("change"));

        var asked = await AskedAsync();
        await PressAsync(asked, "octocat");
        Assert.Contains("octocat pushed", Plain(Checks(asked.HeadSha).Single().Text), StringComparison.Ordinal);
        await PressAsync(asked, "carol");

        Assert.Contains(Checks(asked.HeadSha), c => c.Conclusion == "success");
    }

    [Fact]
    public async Task What_GitHub_does_not_tell_in_full_nobody_approves_by_button()
    {
        await DeployedAsync();
        var head = Commit("octocat", "octocat@example.com", "1");
        for (var i = 2; i <= 251; i++)
        {
            head = Commit("octocat", "octocat@example.com", $"{i}", head);
        }

        await Shop.ForcePushAsync("main", head);
        var asked = await AskedAsync();
        await PressAsync(asked, "carol");

        Assert.Contains(
            "carol asked to approve, and was refused: GitHub does not tell of all commits since what runs now, and nobody approves their own: "
                + "push another commit, or use barcelona approve",
            Plain(Checks(asked.HeadSha).Single().Text),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_nobody_approves_by_button_either()
    {
        await DeployedAsync();
        await Shop.ForcePushAsync("main", Commit("octocat", "octocat@example.com", "Work"));
        var asked = await AskedAsync();
        Stage.GitHub.Faults.Add(new Fault.Status(404), path: "/repos/*/compare/*");

        await PressAsync(asked, "carol");

        Assert.Contains(
            "who wrote what comes on top of what runs now cannot be read", Plain(Checks(asked.HeadSha).Single().Text), StringComparison.Ordinal);
        await PressAsync(asked, "carol");
        Assert.Contains(Checks(asked.HeadSha), c => c.Conclusion == "success");
    }

    [Fact]
    public async Task GitHub_is_asked_who_wrote_it_only_when_somebody_approves()
    {
        await DeployedAsync();
        await Shop.ForcePushAsync("main", Commit("octocat", "octocat@example.com", "Work"));
        var before = Stage.GitHub.Requests.Count();
        var asked = await AskedAsync();
        await Stage.RunForAsync(TimeSpan.FromMinutes(30));
        Assert.DoesNotContain(Stage.GitHub.Requests.Skip(before), r => IsAboutAuthors(r));

        await PressAsync(asked, "carol");

        Assert.Equal(2, Stage.GitHub.Requests.Skip(before).Count(IsAboutAuthors));
    }

    [Fact]
    public async Task Whoever_asked_for_it_again_did_not_push_it_and_may_approve()
    {
        await PushAsync(Asks);
        var asked = await AskedAsync();
        await Shop.RerequestAsync(asked.Id, "alice");
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));

        await PressAsync(Checks(asked.HeadSha)[^1], "alice");

        Assert.Equal("success", Checks(asked.HeadSha)[^1].Conclusion);
    }

    [Fact]
    public async Task Whoever_asked_a_commit_again_that_had_come_to_no_run_did_not_push_it_either()
    {
        var district = Stage.District.Text;
        Stage.District.Write(text => text + "regoin: x\n");
        var sha = await PushAsync(Asks);
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        Stage.District.Write(_ => district);
        await Shop.RerequestAsync(Shop.CheckRuns.Last(c => c.HeadSha == sha).Id, "carol");
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));

        await PressAsync(Checks(sha)[^1], "octocat");
        Assert.Contains($"octocat pushed {sha[..7]}", Plain(Checks(sha)[^1].Text), StringComparison.Ordinal);
        await PressAsync(Checks(sha)[^1], "carol");

        Assert.Equal("success", Checks(sha)[^1].Conclusion);
    }

    [Fact]
    public async Task Whoever_pushed_what_comes_underneath_does_not_approve_it()
    {
        await DeployedAsync();
        var theirs = Commit("zoe", "zoe@example.com", "Work");
        await Shop.ForcePushAsync("main", theirs);
        await AskedAsync();

        // Of two admins the first one pushes.
        Shop.AddUser("bob", "admin");
        await Shop.ForcePushAsync("main", Commit("zoe", "zoe@example.com", "On top", theirs));
        var asked = await AskedAsync();
        await PressAsync(asked, "octocat");

        Assert.Contains($"octocat pushed {theirs[..7]}", Plain(Checks(asked.HeadSha).Single().Text), StringComparison.Ordinal);
    }

    private static bool IsAboutAuthors(Sandbox.GitHub.Rest.GitHubRequest request) =>
        request.Path.Contains("/compare/", StringComparison.Ordinal) || request.Path.EndsWith("/pulls", StringComparison.Ordinal);

    private static string Plain(string? markdown) => (markdown ?? "").Replace("\\", "", StringComparison.Ordinal);

    /// <summary>The application runs, approved by somebody who has no part in what comes next.</summary>
    private async Task DeployedAsync()
    {
        await PushAsync(Asks);
        var asked = await AskedAsync();
        await PressAsync(asked, "carol");
        Assert.Contains(Checks(asked.HeadSha), c => c.Conclusion == "success");
    }

    private async Task<SandboxCheckRun> AskedAsync()
    {
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        return Checks(Shop.References["refs/heads/main"])[^1];
    }

    private async Task PressAsync(SandboxCheckRun check, string login)
    {
        await Shop.RequestActionAsync(check.Id, "approve", login);
        await Stage.RunForAsync(TimeSpan.FromMinutes(10));
    }

    private List<SandboxCheckRun> Checks(string sha) => [.. Shop.CheckRuns.Where(c => c.HeadSha == sha && c.Name == "barcelona/production")];

    /// <summary>What somebody made at home; nothing is pushed by it.</summary>
    /// <param name="on">Null: on top of main.</param>
    private string Commit(string name, string email, string message, string? on = null)
    {
        using var git = new Repository(Shop.Directory);
        var parent = git.Lookup<Commit>(on ?? Shop.References["refs/heads/main"]);
        var tree = TreeDefinition.From(parent.Tree);
        var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{Asks}# {message.Split('\n')[0]} {parent.Sha}\n"));
        tree.Add("barcelona.yml", git.ObjectDatabase.CreateBlob(file), Mode.NonExecutableFile);
        var who = new Signature(name, email, Stage.Clock.GetUtcNow());
        var committer = new Signature("GitHub", "noreply@github.com", Stage.Clock.GetUtcNow());
        return git.ObjectDatabase.CreateCommit(who, committer, message, git.ObjectDatabase.CreateTree(tree), [parent], prettifyMessage: false).Sha;
    }
}
