using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Tests.Scenarios.Notices;

/// <summary>What is said when, and when nothing is.</summary>
public sealed class SaidScenarios : NoticeScenario
{
    [Fact]
    public async Task A_deploy_is_said_when_it_begins_and_when_it_is_done()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal(Deployed(sha), Said);
        Assert.Equal(["good", "good"], Stage.Sandbox.Slack.Heard.Select(m => m.Color));
        Assert.Contains("<https://barcelona.example.com/runs/", Stage.Sandbox.Slack.Heard[0].Text, StringComparison.Ordinal);
        Assert.Equal(["started", "succeeded"], PublishedEvents);
        var last = Published[^1];
        Assert.Equal(("good", "default/shop"), ((string?)last["level"], $"{last["data"]?["district"]}/{last["data"]?["heritage"]}"));
        Assert.Equal(sha, (string?)last["data"]?["commit"]);
        Assert.StartsWith(Deployed(sha)[1], (string?)last["text"], StringComparison.Ordinal);
        var call = Stage.Aws.Calls.Of("sns", "Publish")[^1].Request;
        Assert.Equal("[default/shop] deploy succeeded", (string?)call["Subject"]);
        Assert.Equal("succeeded", (string?)call["MessageAttributes"]?["event"]?["StringValue"]);
    }

    [Fact]
    public async Task A_push_that_changes_nothing_says_nothing_and_reads_no_secret()
    {
        await PushAndSettleAsync(Manifests.FixedImage);
        var (said, reads) = (Said.Count, Stage.Aws.Calls.Of("secretsmanager", "GetSecretValue").Count);

        var sha = await Shop.CommitAsync("main", new Dictionary<string, string> { ["README"] = "words" }, "Say more");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        await Stage.SweepAsync();
        Assert.Equal((said, reads), (Said.Count, Stage.Aws.Calls.Of("secretsmanager", "GetSecretValue").Count));
    }

    [Fact]
    public async Task A_failure_is_said_with_its_cause_and_that_AWS_went_back()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        OnlyHealthy(good);

        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");

        Assert.Equal(4, Said.Count);
        Assert.StartsWith($"[default/shop] production: deploy of {bad[..7]} failed, by octocat: ", Said[^1], StringComparison.Ordinal);
        Assert.Contains("exit code 3", Said[^1], StringComparison.Ordinal);
        Assert.EndsWith("AWS went back to what ran before.", Said[^1], StringComparison.Ordinal);
        Assert.Equal("danger", Stage.Sandbox.Slack.Heard[^1].Color);
        var last = Published[^1];
        Assert.Equal(("failed", "danger", true), ((string?)last["data"]?["event"], (string?)last["level"], (bool?)last["data"]?["went_back"]));

        // Asked for again it fails again, and whoever asked is told.
        await Shop.RerequestAsync(Check(bad).Id, "maintainer");
        await Stage.RunUntilQuietAsync();
        Assert.Contains($"deploy of {bad[..7]} failed, by maintainer: ", Said[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_overtaken_is_said_only_to_those_who_heard_it_begin()
    {
        var first = await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));
        Assert.Single(Said);
        await PushAsync(Manifests.Shop + "# never begun\n");
        var third = await PushAndSettleAsync(Manifests.Shop + "# newest\n");

        Assert.Equal(
            [
                Deployed(first)[0],
                $"[default/shop] production: deploy of {first[..7]} was superseded by {third[..7]}, by octocat.",
                .. Deployed(third, 2),
            ],
            Said);
        Assert.Equal(["started", "superseded", "started", "succeeded"], PublishedEvents);
    }

    [Fact]
    public async Task A_file_that_the_district_refuses_is_said()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop.Replace("demo-endpoint", "no-endpoint", StringComparison.Ordinal));

        Assert.StartsWith($"[default/shop] production: deploy of {sha[..7]} was refused, by octocat: ", Assert.Single(Said), StringComparison.Ordinal);
        Assert.Contains("no-endpoint", Said[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Going_back_and_restarting_are_said()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        await PushAndSettleAsync(Manifests.Shop.Replace("memory: 256", "memory: 512", StringComparison.Ordinal));
        await RollBackAsync();
        await Get<Restarts>().StartAsync(Target, "web", Asker(), Stop);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(
            [
                $"[default/shop] production: rolling back to release 1 ({good[..7]}), by maintainer.",
                $"[default/shop] production: rolled back to release 1 ({good[..7]}), by maintainer.",
                "[default/shop] production: restarting web, by maintainer.",
                "[default/shop] production: restarted web, by maintainer.",
            ],
            Said.Skip(4));
        Assert.Equal("rollback", (string?)Published[4]["data"]?["subject"]);
    }

    [Fact]
    public async Task A_deploy_that_somebody_ends_is_said_with_what_runs()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var sha = await PushAsync(Manifests.Shop + "# more\n");
        await Stage.RunForAsync(TimeSpan.FromSeconds(5));

        await Get<Cancellations>().StartAsync(Target, "maintainer", Stop);
        await Stage.RunUntilQuietAsync();

        Assert.StartsWith(
            $"[default/shop] production: deploy of {sha[..7]} was cancelled: by maintainer. default/shop still runs", Said[^1], StringComparison.Ordinal);
        Assert.Equal("warning", Stage.Sandbox.Slack.Heard[^1].Color);
    }

    [Fact]
    public async Task A_repository_that_the_district_does_not_know_has_no_secret_read()
    {
        var stranger = Stage.GitHub.CreateRepository("strangers", "app");
        await stranger.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = Manifests.Shop }, "Hello");
        await Stage.RunUntilQuietAsync();
        await Stage.SweepAsync();

        Assert.Empty(Said);
        Assert.Empty(Stage.Aws.Calls.Of("secretsmanager", "GetSecretValue"));
        Assert.Empty(Published);
    }

    [Fact]
    public async Task Without_channels_nothing_is_read_and_the_lane_rests()
    {
        Stage.District.Write(text => text[..text.IndexOf("notifications:", StringComparison.Ordinal)]);

        await PushAndSettleAsync(Manifests.Shop);

        Assert.Empty(Said);
        Assert.Empty(Stage.Aws.Calls.Of("secretsmanager", "GetSecretValue"));
        Assert.False(await Get<Lanes>().AnyActiveAsync(Stage.Clock.GetUtcNow() + TimeSpan.FromMinutes(4), Stop));
    }
}
