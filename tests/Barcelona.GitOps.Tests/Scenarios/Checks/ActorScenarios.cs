using Barcelona.GitOps.Reconciliation.Sweeping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>AWS is told who caused what is done there, as far as GitHub said.</summary>
public sealed class ActorScenarios : Scenario
{
    private const string Role = "arn:aws:iam::123456789012:role/barcelona";

    /// <summary>Begins now: the SDK compares the expiry of credentials with the machine's clock.</summary>
    protected override StageOptions Options =>
        new() { PlatformRepository = "acme/platform", Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow()) };

    [Fact]
    public async Task The_deploy_is_by_whoever_pushed_and_another_by_whoever_asked_for_it_again()
    {
        await PushDistrictAsync();
        var sha = await PushAndSettleAsync(Manifests.Shop);
        Assert.Equal(["octocat"], Actors("acme/platform"));
        Assert.Equal(["octocat"], Actors("acme/shop"));
        Assert.Contains("| by | `octocat` |", Check(sha).Summary, StringComparison.Ordinal);

        await Shop.RerequestAsync(Check(sha).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal(["octocat", "maintainer"], Actors("acme/shop"));
    }

    [Fact]
    public async Task A_deploy_that_was_never_begun_is_by_whoever_asked_for_all_checks_again()
    {
        var sha = await PushAndSettleAsync(Manifests.Shop);
        await PushDistrictAsync();

        await Shop.RerequestSuiteAsync(sha, "maintainer");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal(["maintainer"], Actors("acme/shop"));
    }

    [Fact]
    public async Task What_the_sweep_found_is_our_own_doing()
    {
        await PushDistrictAsync();
        await PushAndSettleAsync(Manifests.Shop);
        Stage.GitHub.Deliver = false;
        var sha = await PushAsync(Manifests.Shop + "# lost\n");
        Stage.GitHub.Deliver = true;

        await Stage.Services.GetRequiredService<MissedRefs>().FindAsync(Stop);
        await Stage.RunUntilQuietAsync();

        var tags = Assert.Single(Stage.Aws.AssumedRoles.Select(r => r.SessionTags), t => t["barcelona:commit"] == sha);
        Assert.Equal("barcelona", tags["barcelona:actor"]);
    }

    private async Task PushDistrictAsync()
    {
        var platform = Stage.GitHub.CreateRepository("acme", "platform");
        var district = new Dictionary<string, string> { ["districts/default.yml"] = $"role: {Role}\n{Stage.District.Text}" };
        await platform.CommitAsync("main", district, "The districts");
        await Stage.RunUntilQuietAsync();
    }

    private IEnumerable<string> Actors(string repository) =>
        Stage.Aws.AssumedRoles.Where(r => r.SessionTags["barcelona:repository"] == repository).Select(r => r.SessionTags["barcelona:actor"])
            .Distinct();
}
