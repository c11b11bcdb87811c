using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Storage.History;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>What is on record of a release, and what of it is in the stack, so that a lost database costs history alone.</summary>
public sealed class ReleaseRecordScenarios : DistrictScenario
{
    private const string Canary = "canary-8a41d7";

    [Fact]
    public async Task A_deploy_puts_on_record_who_deployed_what_by_which_district_file_and_the_stack_says_so_too()
    {
        Stage.Aws.SeedSecret("barcelona/default/shop/key", Canary);
        var platform = await CommitDistrictsAsync(("default", Stage.District.Text));
        await Stage.RunUntilQuietAsync();
        var sha = await PushAndSettleAsync(Manifests.Shop.Replace(
            "image_name: acme/shop\n", "image_name: acme/shop\n    environment: [{name: KEY, secret: shop/key}]\n", StringComparison.Ordinal));

        var history = Stage.Services.GetRequiredService<ReleaseHistory>();
        var release = Assert.Single(await history.ListAsync(new("default", "shop"), Stop));
        Assert.Equal((1, sha, platform), (release.Number, release.Commit.Value, release.PlatformCommit?.Value));
        Assert.Equal((RunState.Succeeded, "octocat", "push"), (release.State, release.Actor, release.Reason));
        Assert.Equal(Stage.Registry.Deployed($"acme/shop:{sha}").Split('@')[1], release.Image.Split('@')[1]);
        Assert.Contains("shop/key", release.Secrets, StringComparison.Ordinal);
        var content = await history.ContentAsync(new("default", "shop"), 1, Stop);
        Assert.DoesNotContain(Canary, $"{release}{content}", StringComparison.Ordinal);

        var stack = Stage.Aws.SeenStacks.Single(s => s.Name == "barcelona-app--default--shop");
        string[] kept = [StackKeys.FingerprintParameter, StackKeys.ReleaseParameter, StackKeys.CommitParameter];
        Assert.Equal([release.Fingerprint, "1", sha], kept.Select(k => stack.Parameters[k]));
    }
}
