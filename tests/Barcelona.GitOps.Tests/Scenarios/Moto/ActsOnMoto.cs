using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Aws.Moto;
using Barcelona.GitOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

public sealed class ActsOnMoto(MotoServer moto, PostgreSqlServer database) : MotoScenario(moto, database)
{
    private static readonly DeployTarget Target = new("default", "shop");

    [Fact]
    public async Task A_rollback_puts_the_image_back_and_holds_the_commit_and_a_restart_registers_anew()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");
        var rollbacks = Stage.Services.GetRequiredService<Rollbacks>();

        await rollbacks.StartAsync(await rollbacks.FindAsync(Target, to: null, Stop), new("maintainer", "1"), Stop);
        await Stage.RunUntilQuietAsync();

        Assert.All((await Account.ImagesAsync(Stop)).Values, image => Assert.Equal(Stage.Registry.Deployed($"acme/shop:{good}"), image));
        Assert.Equal("success", Check(bad, "barcelona/rollback/production").Conclusion);
        var writes = Writes.Count;
        await Shop.RerequestAsync(Check(bad).Id, "somebody");
        await Stage.RunUntilQuietAsync();
        Assert.Contains(Shop.CheckRuns, c => c.HeadSha == bad && c.Conclusion == "neutral");
        Assert.Equal(writes, Writes.Count);

        await Stage.Services.GetRequiredService<Restarts>().StartAsync(Target, service: null, new("maintainer", "2"), Stop);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(2, Writes.Skip(writes).Count(c => c.Operation == "RegisterTaskDefinition"));
        var releases = await Stage.Services.GetRequiredService<ReleaseHistory>().ListAsync(Target, Stop);
        Assert.Equal([RunKind.Restart, RunKind.Rollback, RunKind.Deploy, RunKind.Deploy], releases.Select(r => r.Kind));
        Assert.All(releases, r => Assert.NotNull(r.RanAt));
    }
}
