using System.Text;
using Barcelona.GitOps.Sandbox.Registry;
using Barcelona.GitOps.Tests.Scenarios.Checks;
using Barcelona.GitOps.Tests.Scenarios.Crashes;
using Barcelona.GitOps.Tests.Scenarios.Notices;

namespace Barcelona.GitOps.Tests.Scenarios.Images;

/// <summary>The image is looked up before anything changes, waited for, and deployed by its digest.</summary>
public sealed class ImageScenarios : Scenario
{
    private const string Password = "canary-3f9a2c81";

    private static readonly string Private = Manifests.Shop.Replace("acme/shop\n", "quay.io/acme/shop\n", StringComparison.Ordinal);

    [Fact]
    public async Task An_image_that_is_there_is_asked_for_once_and_deployed_by_its_digest()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);

        var asked = Assert.Single(Stage.Registry.Requests);
        Assert.Equal(("HEAD", "docker.io", $"acme/shop:{sha}"), (asked.Method, asked.Host, asked.Image));
        var digest = Stage.Registry.Deployed($"acme/shop:{sha}").Split('@')[1];
        Assert.Contains($"acme/shop:{sha}@{digest}", Check(sha).Summary, StringComparison.Ordinal);
        var parameters = Parameters();
        Assert.Equal(($"acme/shop:{sha}", digest), (parameters["Image"], parameters["ImageDigest"]));
    }

    [Fact]
    public async Task An_image_that_comes_late_is_waited_for_and_nothing_is_written_until_it_is_there()
    {
        Stage.Registry.Hold("acme/shop:*");
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromMinutes(10));

        var check = Check(sha);
        Assert.Equal(("in_progress", $"Waiting for the image acme/shop:{sha}"), (check.Status, check.Title));
        Assert.Contains("until 09:30 UTC", check.Summary, StringComparison.Ordinal);
        Assert.Contains("404 Not Found", check.Summary, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
        Assert.InRange(Stage.Registry.Requests.Count, 10, 16);
        var told = Stage.GitHub.Requests.Count(r => r.IsWrite);
        Assert.InRange(told, 1, 4);

        Stage.Registry.Push($"acme/shop:{sha}");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.InRange(Stage.GitHub.Requests.Count(r => r.IsWrite), told + 1, 7);
        Assert.Equal([$"acme/shop:{sha}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("check_suite")]
    [InlineData("workflow_run")]
    public async Task What_is_said_of_the_commit_has_the_image_looked_for_at_once_and_what_is_said_of_another_does_not(string said)
    {
        Stage.Registry.Hold("acme/shop:*");
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromMinutes(5));
        var looks = Stage.Registry.Requests.Count;
        await SayAsync(said, sha, isOver: false);
        await Stage.RunDueAsync();
        Assert.Equal(looks, Stage.Registry.Requests.Count);

        Stage.Registry.Push($"acme/shop:{sha}");
        var other = await PushAsync("environments: {}\n", branch: "other");
        await SayAsync(said, other, isOver: true);
        await Stage.RunDueAsync();
        Assert.Equal(looks, Stage.Registry.Requests.Count);

        await SayAsync(said, sha, isOver: true);
        await Stage.RunDueAsync();

        Assert.Equal(looks + 1, Stage.Registry.Requests.Count);
        Assert.NotEmpty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task An_image_that_never_comes_fails_the_deploy_in_the_words_of_its_registry()
    {
        Stage.Registry.Hold("acme/shop:*");
        var began = Stage.Clock.GetUtcNow();

        var sha = await PushAndSettleAsync(Waiting("10m"));

        var check = Check(sha);
        Assert.Equal("failure", check.Conclusion);
        Assert.StartsWith($"Failed: The image acme/shop:{sha} did not appear within 10 minutes. Looked ", check.Title, StringComparison.Ordinal);
        Assert.Contains("404 Not Found", check.Title, StringComparison.Ordinal);
        Assert.Contains(check.Annotations, a => a is { StartLine: 5 } && a.Message.Contains("re-run", StringComparison.Ordinal));
        Assert.Equal("failure", Shop.Deployments[^1].Statuses[^1].State);
        Assert.Empty(Stage.Aws.Calls.Writes);
        Assert.InRange(Stage.Clock.GetUtcNow() - began, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
    }

    /// <summary>Half an hour is the time limit of a deploy, too.</summary>
    [Fact]
    public async Task Waiting_is_no_part_of_the_time_that_a_deploy_may_take()
    {
        Stage.Registry.Hold("acme/shop:*");
        var sha = await PushAsync(Waiting("2h"));
        await Stage.RunForAsync(TimeSpan.FromMinutes(90));

        Stage.Registry.Push($"acme/shop:{sha}");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task A_registry_that_shows_nobody_the_image_ends_the_deploy_at_once_and_says_what_that_may_mean()
    {
        Stage.Registry.RequireToken("quay.io", "robot", "hunter2");

        var sha = await PushAndSettleAsync(Private);

        var check = Check(sha);
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains("quay.io does not show", check.Title, StringComparison.Ordinal);
        Assert.Contains("It is private, or its repository does not exist", check.Title, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
        Assert.Equal(2, Stage.Registry.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_districts_credentials_open_a_private_registry_and_are_seen_nowhere(bool byToken)
    {
        var life = await ListenAsync();
        GiveCredentials($$"""{"username": "robot", "password": "{{Password}}"}""");
        Require(byToken);

        var sha = await PushAndSettleAsync(Private);

        Assert.Equal("success", Check(sha).Conclusion);
        await AssertNowhereAsync(life);
    }

    [Theory]
    [InlineData(
        $$"""{"username": "robot", "password": "old-{{Password}}"}""", "with the credentials of the secret 'barcelona/default/registries/quay'")]
    [InlineData($"robot:{Password}", "it is not there, or is no JSON")]
    public async Task Credentials_that_are_of_no_use_end_the_deploy_at_once_and_are_seen_nowhere(string secret, string words)
    {
        var life = await ListenAsync();
        GiveCredentials(secret);
        Require(byToken: true);

        var sha = await PushAndSettleAsync(Private);

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains(words, Check(sha).Title, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
        await AssertNowhereAsync(life);
    }

    [Fact]
    public async Task Amazons_private_registry_is_asked_with_the_districts_role()
    {
        const string Host = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

        var sha = await PushAndSettleAsync(Manifests.Shop.Replace("acme/shop\n", $"{Host}/shop\n", StringComparison.Ordinal));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal("us-east-1", Assert.Single(Stage.Aws.Calls.Of("ecr", "GetAuthorizationToken")).Region);
        Assert.Contains(Stage.Registry.Requests, r => r is { Host: Host, Authorization: "Basic", StatusCode: 200 });
    }

    [Fact]
    public async Task A_registry_that_asks_for_patience_gets_it_and_one_that_is_broken_is_asked_again()
    {
        Stage.Registry.Set("acme/shop:*", new RegistryRule.Broken(429, TimeSpan.FromSeconds(90)));
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromSeconds(30));
        await Shop.SetStatusAsync(sha, "ci/build", "success");
        await Stage.RunForAsync(TimeSpan.FromSeconds(30));
        Assert.Single(Stage.Registry.Requests);

        Stage.Registry.Set("acme/shop:*", new RegistryRule.Broken(503));
        await Stage.RunForAsync(TimeSpan.FromMinutes(2));
        Assert.InRange(Stage.Registry.Requests.Count, 2, 6);

        Stage.Registry.Push($"acme/shop:{sha}");
        await Stage.RunUntilQuietAsync();
        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task Without_waiting_the_tag_is_deployed_as_written_and_unseen()
    {
        Stage.Registry.Hold("acme/shop:*");

        var sha = await PushAndSettleAsync(Waiting("false"));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Empty(Stage.Registry.Requests);
        Assert.Equal([$"acme/shop:{sha}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.DoesNotContain("ImageDigest", Parameters().Keys);
    }

    /// <summary>Of a suite only the end is told.</summary>
    private Task SayAsync(string what, string sha, bool isOver) => (what, isOver) switch
    {
        ("status", _) => Shop.SetStatusAsync(sha, "ci/build", isOver ? "success" : "pending"),
        ("workflow_run", _) => Shop.RunWorkflowAsync(sha, isOver ? "completed" : "in_progress"),
        ("check_suite", true) => Shop.CompleteSuiteAsync(sha, "success"),
        _ => Task.CompletedTask,
    };

    private static string Waiting(string time) =>
        Manifests.Shop.Replace("image_name: acme/shop\n", $"image_name: acme/shop\n    image_wait: {time}\n", StringComparison.Ordinal);

    private IReadOnlyDictionary<string, string> Parameters() => StackParameters.Of(Stage.Aws.Calls.Writes, "barcelona-app--default--shop");

    private void Require(bool byToken)
    {
        if (byToken)
        {
            Stage.Registry.RequireToken("quay.io", "robot", Password);
        }
        else
        {
            Stage.Registry.RequireBasic("quay.io", "robot", Password);
        }
    }

    private void GiveCredentials(string secret)
    {
        Stage.District.Write(text => text + "registries: {quay.io: {secret: registries/quay}}\n");
        Stage.Aws.SeedSecret("barcelona/default/registries/quay", secret);
    }

    /// <summary>Starts the service again, with a log of all that it says.</summary>
    private async Task<WorkerLife> ListenAsync()
    {
        await Stage.StopServiceAsync();
        var life = new WorkerLife { HearsAll = true };
        await Stage.StartServiceAsync(life);
        return life;
    }

    /// <summary>Neither as it is nor as HTTP's basic authentication carries it.</summary>
    private async Task AssertNowhereAsync(WorkerLife life)
    {
        await Nowhere.AssertAsync(Stage, Password, life);
        await Nowhere.AssertAsync(Stage, Convert.ToBase64String(Encoding.UTF8.GetBytes($"robot:{Password}")), life);
    }
}
