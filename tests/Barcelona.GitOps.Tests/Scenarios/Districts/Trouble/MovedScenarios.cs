using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Tests.Scenarios.Checks;
using Barcelona.GitOps.Tests.Scenarios.Crashes;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Districts.Trouble;

/// <summary>An environment that names no district, and that the platform repository gives to another one while a run of the first is there.</summary>
public sealed class MovedScenarios : Scenario
{
    private const string App = "barcelona-app--default--shop";

    private const string Moved = "'production' of acme/shop goes to other/shop now, and this run is of default/shop.";

    private const string Broken = "The file of the district 'default' has mistakes.";

    private static readonly string Taken = Manifests.Shop.Replace("    district: default\n", "", StringComparison.Ordinal);

    private readonly DeployTarget _target = new("default", "shop");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Stage.District.Write(text => Takes(text, "acme/shop"));
    }

    [Fact]
    public async Task A_run_that_has_begun_nothing_writes_nowhere_and_the_next_commit_goes_to_the_other()
    {
        var good = await PushAndSettleAsync(Taken);
        var another = new AnotherWorker(Stage);
        await another.TakeTargetAsync();
        var sha = await PushAsync(Taken + "# more\n");
        await Stage.RunDueAsync();
        var writes = Stage.Aws.Calls.Writes.Count;

        Move();
        await another.GiveBackAsync();
        await Stage.RunUntilQuietAsync();

        AssertRefused(Check(sha));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));

        var next = await PushAndSettleAsync(Taken + "# and more\n");
        Assert.Equal(("success", $"Deployed {next[..7]} to other/shop"), (Check(next).Conclusion, Check(next).Title));
    }

    [Fact]
    public async Task What_has_begun_is_followed_to_its_end_where_it_began()
    {
        await PushAndSettleAsync(Taken);
        var sha = await PushAsync(Taken + "# more\n");
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Count > 0);
        var writes = Stage.Aws.Calls.Writes.Count;

        Move();
        await Stage.RunForAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("in_progress", Check(sha).Status);
        Assert.Contains("nothing more is asked for", Check(sha).Text, StringComparison.Ordinal);
        Assert.Contains("goes to other\\/shop now", Check(sha).Text, StringComparison.Ordinal);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", $"Deployed {sha[..7]} to default/shop"), (Check(sha).Conclusion, Check(sha).Title));
        Assert.Equal([$"acme/shop:{sha}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task What_has_begun_is_followed_where_it_began_also_when_the_district_itself_is_elsewhere_now()
    {
        await PushAndSettleAsync(Taken);
        var sha = await PushAsync(Taken + "# more\n");
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Count > 0);
        var writes = Stage.Aws.Calls.Writes.Count;

        Stage.District.Write(text => text.Replace("region: ap-northeast-1", "region: eu-west-1", StringComparison.Ordinal));
        await Stage.RunForAsync(TimeSpan.FromSeconds(20));
        Assert.Contains("in eu\\-west\\-1 of account", Check(sha).Text, StringComparison.Ordinal);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", $"Deployed {sha[..7]} to default/shop"), (Check(sha).Conclusion, Check(sha).Title));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task Between_two_stacks_the_run_ends()
    {
        var sha = await PushAsync(Taken);
        await Stage.RunForAsync(TimeSpan.FromSeconds(2));
        Assert.Single(Stage.Aws.Calls.Of("cloudformation", "CreateStack"));

        Move();
        await Stage.RunUntilQuietAsync();

        AssertRefused(Check(sha));
        Assert.Single(Stage.Aws.Calls.Of("cloudformation", "CreateStack"));
    }

    [Fact]
    public async Task Whoever_cancels_then_has_taken_back_what_was_begun_and_nothing_else()
    {
        var good = await PushAndSettleAsync(Taken);
        var sha = await PushAsync(Taken + "# more\n");
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Count > 0);

        Move();
        await Stage.Services.GetRequiredService<Cancellations>().StartAsync(_target, "maintainer", Stop);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("cancelled", Check(sha).Conclusion);
        var cancelled = (string?)Assert.Single(Stage.Aws.Calls.Of("cloudformation", "CancelUpdateStack")).Request["StackName"];
        Assert.Contains(App, cancelled, StringComparison.Ordinal);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    [Fact]
    public async Task A_rollback_asked_for_by_the_button_of_an_old_check_goes_nowhere()
    {
        Shop.AddUser("octocat", "write");
        await PushAndSettleAsync(Taken);
        var bad = await PushAndSettleAsync(Taken + "# more\n");
        var writes = Stage.Aws.Calls.Writes.Count;

        Move();
        await Shop.RequestActionAsync(Check(bad).Id, "rollback", "octocat");
        await Stage.RunUntilQuietAsync();

        AssertRefused(Check(bad, "barcelona/rollback/production"));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task A_restart_goes_nowhere()
    {
        var sha = await PushAndSettleAsync(Taken);
        var writes = Stage.Aws.Calls.Writes.Count;

        Move();
        await Stage.Services.GetRequiredService<Restarts>().StartAsync(_target, service: null, new("maintainer", "a wish"), Stop);
        await Stage.RunUntilQuietAsync();

        AssertRefused(Shop.CheckRuns.Last(c => c.HeadSha == sha));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task What_is_given_back_is_deployed_by_a_re_run()
    {
        var sha = await PushAsync(Taken);
        await Stage.RunForAsync(TimeSpan.FromSeconds(2));
        Move();
        await Stage.RunUntilQuietAsync();
        AssertRefused(Check(sha));

        File.Delete(OtherFile);
        Stage.District.Write(text => Takes(text, "acme/shop"));
        await Shop.RerequestAsync(Check(sha).Id, "octocat");
        await Stage.RunUntilQuietAsync();

        var again = Shop.CheckRuns.Last(c => c.HeadSha == sha);
        Assert.Equal(("success", $"Deployed {sha[..7]} to default/shop"), (again.Conclusion, again.Title));
    }

    [Fact]
    public async Task A_push_while_the_file_of_the_district_has_mistakes_is_told_so_and_deployed_by_a_re_run()
    {
        await PushAndSettleAsync(Taken);
        Break();

        var sha = await PushAndSettleAsync(Taken + "# more\n");

        Assert.Equal(("failure", Broken), (Check(sha).Conclusion, Assert.Single(Check(sha).Annotations).Message.Split('\n')[0]));
        Mend();
        await Shop.RerequestAsync(Check(sha).Id, "octocat");
        await Stage.RunUntilQuietAsync();
        var again = Shop.CheckRuns.Last(c => c.HeadSha == sha);
        Assert.Equal(("success", $"Deployed {sha[..7]} to default/shop"), (again.Conclusion, again.Title));
    }

    [Fact]
    public async Task A_run_that_finds_mistakes_in_the_file_of_its_district_says_so()
    {
        var another = new AnotherWorker(Stage);
        await another.TakeTargetAsync();
        var sha = await PushAsync(Taken);
        await Stage.RunDueAsync();

        Break();
        await another.GiveBackAsync();
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains(Broken, Check(sha).Title, StringComparison.Ordinal);
    }

    private string OtherFile => Path.Combine(Stage.Folder, "platform", "districts", "other.yml");

    /// <summary>From the district <c>default</c> to <c>other</c>, in the same network.</summary>
    private void Move()
    {
        File.WriteAllText(OtherFile, Stage.District.Text);
        Stage.District.Write(text => Takes(text, "acme/elsewhere"));
    }

    private void Break() => Stage.District.Write(text => text + "regoin: x\n");

    private void Mend() => Stage.District.Write(text => text.Replace("regoin: x\n", "", StringComparison.Ordinal));

    private static string Takes(string text, string repository)
    {
        var lines = text.Split('\n');
        lines[Array.FindIndex(lines, l => l.StartsWith("repositories:", StringComparison.Ordinal))] =
            $"repositories: [{{repository: {repository}, environments: [production]}}]";
        return string.Join('\n', lines);
    }

    private void AssertRefused(SandboxCheckRun check)
    {
        Assert.Equal(("completed", "failure"), (check.Status, check.Conclusion));
        Assert.Contains(Moved, check.Title, StringComparison.Ordinal);
        var annotation = Assert.Single(check.Annotations, a => a.Message.Contains(Moved, StringComparison.Ordinal));
        Assert.Contains("Push a commit to deploy to other/shop, or give the environment back", annotation.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Stage.Aws.Calls.Writes, c => ((string?)c.Request["StackName"])?.Contains("other", StringComparison.Ordinal) == true);
    }
}
