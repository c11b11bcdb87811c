using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Tests.Scenarios.Acts;
using Fault = Barcelona.GitOps.Sandbox.GitHub.Faults.Fault;

namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>Somebody is away for longer than a deploy may take. For GitHub, while nothing has begun, that time is not the deploy's own.</summary>
public sealed class AwayScenarios : ActScenario
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waits_for_its_image_is_deployed_once_GitHub_is_back(bool isLimit)
    {
        var sha = await PushAndHoldAsync();
        Away(isLimit, TimeSpan.FromMinutes(50));
        Stage.Registry.Push("acme/shop:*");
        await Stage.RunForAsync(TimeSpan.FromMinutes(49));
        Assert.Equal("in_progress", Check(sha).Status);
        Assert.Empty(Stage.Aws.Calls.Writes);

        Stage.GitHub.Faults.Clear();
        await Stage.RunForAsync(TimeSpan.FromMinutes(5));
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
    }

    [Fact]
    public async Task After_six_hours_it_ends_and_says_that_nothing_was_changed()
    {
        var sha = await PushAndHoldAsync();
        Away(isLimit: false, TimeSpan.Zero);
        Stage.Registry.Push("acme/shop:*");
        await MinutesPassAsync(7 * 60);

        Stage.GitHub.Faults.Clear();
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.EndsWith("Nothing was changed.", Check(sha).Title, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task AWS_that_is_away_for_all_of_a_deploys_time_ends_it_in_words_and_the_next_one_takes_it_from_there()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var unseen = await PushAsync(Manifests.Shop + "# unseen\n");
        await Stage.RunUntilAsync(() => Updates == 1);

        Stage.Aws.Faults.ServerError(new FaultMatch(FaultMatch.Any) { Times = int.MaxValue });
        await MinutesPassAsync(40);
        Assert.Equal("failure", Check(unseen).Conclusion);
        Assert.StartsWith("Failed: It was not finished after 30 minutes: ", Check(unseen).Title, StringComparison.Ordinal);
        Assert.Contains("AWS", Check(unseen).Title, StringComparison.Ordinal);
        Assert.EndsWith("What AWS has begun goes on; the next run takes it from there.", Check(unseen).Title, StringComparison.Ordinal);

        Stage.Aws.Faults.Clear();
        var next = await PushAndSettleAsync(Manifests.Shop + "# next\n");
        Assert.Equal(("success", 2, "UPDATE_COMPLETE"), (Check(next).Conclusion, Updates, StatusOfApp));
        Assert.Equal([next, unseen], (await ReleasesAsync()).Take(2).Select(r => r.Commit.Value));
    }

    /// <summary>Seldom looked at: a look each second would say no more.</summary>
    private async Task MinutesPassAsync(int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            Stage.Clock.Advance(TimeSpan.FromMinutes(1));
            await Stage.RunDueAsync();
        }
    }

    private async Task<string> PushAndHoldAsync()
    {
        Stage.Registry.Hold("acme/shop:*");
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromSeconds(20));
        return sha;
    }

    private void Away(bool isLimit, TimeSpan until)
    {
        Stage.GitHub.Faults.Down = !isLimit;
        if (isLimit)
        {
            Stage.GitHub.Faults.Add(new Fault.PrimaryRateLimit(until), "GET", "/repos/acme/shop/git/ref/*");
        }
    }
}
