using Barcelona.GitOps.Tests.Aws.Moto;
using Barcelona.GitOps.Tests.Storage;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

public sealed class MainPathOnMotoAndPostgreSql(MotoServer moto, PostgreSqlServer database) : MainPathOnMoto(moto, database);

public sealed class MainPathOnMotoAndSqlite(MotoServer moto) : MainPathOnMoto(moto, database: null);

public abstract class MainPathOnMoto(MotoServer moto, PostgreSqlServer? database) : MotoScenario(moto, database)
{
    [Fact]
    public async Task A_push_ends_in_both_services_with_the_image_of_the_commit()
    {
        Assert.Empty(await Account.ImagesAsync(Stop));

        var sha = await PushAndSettleAsync(Manifests.Shop);

        var images = await Account.ImagesAsync(Stop);
        Assert.Equal(["default--shop--web", "default--shop--worker"], images.Keys);
        Assert.All(images.Values, image => Assert.Equal(Stage.Registry.Deployed($"acme/shop:{sha}"), image));
        Assert.Equal(["100"], await Account.RulePrioritiesAsync(Stop));
        Assert.Equal(("completed", "success", $"Deployed {sha[..7]} to default/shop"), (Check(sha).Status, Check(sha).Conclusion, Check(sha).Title));
        var deployment = Assert.Single(Shop.Deployments);
        Assert.Equal(("production", sha), (deployment.Environment, deployment.Sha));
        Assert.Equal(["in_progress", "success"], deployment.Statuses.Select(s => s.State));

        // Not for want of looking: both rollouts were seen before they were complete.
        Assert.Equal(2, Rollouts.Begun);
    }
}
