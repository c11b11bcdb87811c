using Barcelona.GitOps.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>The database goes away between a run and the wish for its lane.</summary>
public sealed class HalfStartedScenarios : Scenario
{
    [Fact]
    public async Task A_push_whose_lane_could_not_be_wanted_is_deployed_by_the_next_try_and_not_by_the_sweep()
    {
        var database = Stage.Services.GetRequiredService<Database>();
        await database.ExecuteAsync(
            within: null,
            "create trigger away before insert on lane when new.key = 'default/shop' begin select raise(abort, 'the database is away'); end",
            parameters: null,
            Stop);
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunDueAsync();
        Assert.Empty(Shop.CheckRuns);

        await database.ExecuteAsync(within: null, "drop trigger away", parameters: null, Stop);
        await Stage.RunForAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("in_progress", Check(sha).Status);
    }
}
