using Barcelona.GitOps.Sandbox.GitHub.Faults;

namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>GitHub is away for longer than a deploy may take, which has begun nothing: that time is not the deploy's own.</summary>
public sealed class AwayScenarios : Scenario
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
        for (var hour = 0; hour < 7; hour++)
        {
            // Seldom looked at: a look each second would say no more.
            for (var minute = 0; minute < 60; minute++)
            {
                Stage.Clock.Advance(TimeSpan.FromMinutes(1));
                await Stage.RunDueAsync();
            }
        }

        Stage.GitHub.Faults.Clear();
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.EndsWith("Nothing was changed.", Check(sha).Title, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
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
