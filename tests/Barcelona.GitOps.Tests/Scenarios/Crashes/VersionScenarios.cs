using System.Text.Json.Nodes;
using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Scenarios.Acts;

namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>While the service is upgraded, workers of two versions share the tables: each goes on with what the other has written.</summary>
public sealed class VersionScenarios : ActScenario
{
    [Fact]
    public async Task A_deploy_that_another_version_has_begun_is_finished()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var next = await PushAsync(Manifests.Shop + "# next\n");
        await Stage.RunUntilAsync(() => Updates == 1);

        await RewriteAsync(JsonNode.Parse((await NewestAsync()).Detail ?? "{}")!.AsObject());
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", 1), (Check(next).Conclusion, Updates));
        Assert.Equal(next, (await ReleasesAsync())[0].Commit.Value);
    }

    private async Task<Run> NewestAsync() => (await Get<Runs>().NewestOfTargetAsync("default", "shop", 1, Stop))[0];

    /// <summary>As by an older version, which wrote only what it knew, and by a newer one, which knows of more.</summary>
    private async Task RewriteAsync(JsonObject detail)
    {
        string[] known = ["steps", "operations", "place", "revisions", "image", "release", "wrote", "deadline"];
        foreach (var name in detail.Select(m => m.Key).Except(known, StringComparer.Ordinal).ToList())
        {
            detail.Remove(name);
        }

        detail["ofTomorrow"] = new JsonObject { ["words"] = new JsonArray("a", 1) };
        await using var transaction = await Get<Database>().BeginAsync(Stop);
        await transaction.ExecuteAsync(
            "update run set detail = @detail where id = @id", new { detail = detail.ToJsonString(), id = (await NewestAsync()).Id }, Stop);
        await transaction.CommitAsync(Stop);
    }
}
