using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>
/// Another process with the same database. Its clock is ahead: to it every lease has run out, and what it takes is its own for a day.
/// </summary>
internal sealed class AnotherWorker(Stage stage)
{
    private static readonly string Target = LaneKinds.TargetKey("default", "shop");

    private readonly FakeTimeProvider _clock = new(stage.Clock.GetUtcNow() + TimeSpan.FromHours(1));
    private Lease? _taken;

    public bool HasTarget => _taken is not null;

    private Lanes Lanes => new(stage.Services.GetRequiredService<Database>(), _clock);

    /// <summary>default/shop, whoever is at work on it.</summary>
    public async Task TakeTargetAsync()
    {
        // Due before anything else is.
        await Lanes.WantAsync(LaneKinds.Target, Target, DateTimeOffset.UnixEpoch);
        var lane = Assert.Single(await Lanes.TakeDueAsync(1, _clock.GetUtcNow(), TimeSpan.Zero));
        _taken = await Lanes.TryLeaseAsync(lane, "another", TimeSpan.FromDays(1));
        Assert.Equal((LaneKinds.Target, Target), (_taken?.Kind, _taken?.Key));
    }

    /// <summary>When the service makes such a call to AWS for the first time; the call itself is answered as ever.</summary>
    public void TakesTargetAt(string service, string operation, Func<JsonObject, bool>? when = null) =>
        stage.Aws.Faults.ServerError(new FaultMatch(service, operation)
        {
            When = request =>
            {
                if (!HasTarget && when?.Invoke(request) != false)
                {
                    Task.Run(TakeTargetAsync).GetAwaiter().GetResult();
                }

                return false;
            },
        });

    /// <summary>It has done nothing, and the service is to go on.</summary>
    public async Task GiveBackAsync()
    {
        Assert.NotNull(_taken);
        await Lanes.ReleaseAsync(_taken, new LaneResult.Again(stage.Clock.GetUtcNow()));
    }
}
