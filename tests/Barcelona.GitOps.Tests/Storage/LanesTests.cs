using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class PostgreSqlLanesTests(PostgreSqlServer server) : LanesTests(server);

public sealed class SqliteLanesTests() : LanesTests(server: null);

public abstract class LanesTests(PostgreSqlServer? server) : StorageTest(server)
{
    private static readonly TimeSpan Queued = TimeSpan.FromMinutes(1), Held = TimeSpan.FromMinutes(2);

    private Lanes Lanes => field ??= new(Database, Time);

    [Fact]
    public async Task A_lane_wanted_many_times_is_given_out_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Lanes.WantAsync("target", "default/shop", Now, cancellationToken: Cancel)));

        Assert.Single(await TakeAsync());
        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public async Task Whoever_wished_last_is_named_by_the_lease()
    {
        foreach (var actor in (string?[])["alice", null, "bob"])
            await Lanes.WantManyAsync([new("commit", "acme/shop", Now) { Actor = actor }], cancellationToken: Cancel);

        Assert.Equal("bob", (await Lanes.TryLeaseAsync(Assert.Single(await TakeAsync()), "a", Held, Cancel))?.Actor);
    }

    [Fact]
    public async Task A_lane_is_not_given_out_before_it_is_due()
    {
        await WantAsync(inSeconds: 15);
        Assert.Empty(await TakeAsync());

        Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Single(await TakeAsync());
    }

    [Fact]
    public async Task An_earlier_wish_brings_a_lane_forward_and_a_later_one_does_not_put_it_off()
    {
        await WantAsync(inSeconds: 60);
        await WantAsync(inSeconds: 0);
        await WantAsync(inSeconds: 60);

        Assert.Single(await TakeAsync());
    }

    [Fact]
    public async Task A_job_that_the_queue_lost_delays_its_lane_and_no_more()
    {
        await WantAsync(inSeconds: 0);
        var first = Assert.Single(await TakeAsync());

        Time.Advance(Queued);
        Assert.Equal(first, Assert.Single(await TakeAsync()));
    }

    [Fact]
    public async Task A_start_gives_out_at_once_what_a_dead_process_had_queued_and_nothing_that_is_held()
    {
        await WantAsync(inSeconds: 0);
        var queued = Assert.Single(await TakeAsync());
        await Lanes.WantAsync("target", "default/held", Now, cancellationToken: Cancel);
        Assert.NotNull(await Lanes.TryLeaseAsync(Assert.Single(await TakeAsync()), "a", Held, Cancel));

        await Lanes.ForgetQueuedAsync(Cancel);

        Assert.Equal(queued, Assert.Single(await TakeAsync()));
    }

    [Fact]
    public async Task The_longest_due_comes_first()
    {
        await Lanes.WantManyAsync([new("target", "d/late", Now), new("target", "d/early", Now.AddMinutes(-1))], cancellationToken: Cancel);

        var id = Assert.Single(await Lanes.TakeDueAsync(1, Now, Queued, Cancel));
        Assert.Equal("d/early", (await Lanes.TryLeaseAsync(id, "a", Held, Cancel))?.Key);
    }

    [Fact]
    public async Task Only_one_worker_holds_a_lane()
    {
        await WantAsync(inSeconds: 0);
        var id = Assert.Single(await TakeAsync());

        var leases = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Lanes.TryLeaseAsync(id, $"worker-{i}", Held, Cancel)));

        Assert.Single(leases, l => l is not null);
    }

    [Fact]
    public async Task A_lane_with_nothing_due_is_not_leased()
    {
        var lease = await LeaseNewAsync();
        Assert.True(await Lanes.ReleaseAsync(lease, new LaneResult.Done(lease.WantedSeen), Cancel));

        Assert.Null(await Lanes.TryLeaseAsync(lease.LaneId, "late job", Held, Cancel));
        Assert.False(await Lanes.AnyActiveAsync(DateTimeOffset.MaxValue.AddYears(-1), Cancel));
    }

    [Fact]
    public async Task A_wish_that_comes_while_the_lane_is_worked_on_is_not_lost()
    {
        var lease = await LeaseNewAsync();
        await WantAsync(inSeconds: 0);
        Assert.Empty(await TakeAsync());

        await Lanes.ReleaseAsync(lease, new LaneResult.Done(lease.WantedSeen), Cancel);
        Assert.Equal(lease.LaneId, Assert.Single(await TakeAsync()));
    }

    [Fact]
    public async Task A_wish_that_comes_while_the_lane_is_worked_on_cuts_the_pause_short()
    {
        var lease = await LeaseNewAsync();
        await WantAsync(inSeconds: 1);

        await Lanes.ReleaseAsync(lease, new LaneResult.Again(Now.AddSeconds(15), lease.WantedSeen), Cancel);
        Assert.Empty(await TakeAsync());
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await TakeAsync());
    }

    [Fact]
    public async Task A_worker_that_is_not_finished_comes_back_when_it_said()
    {
        var lease = await LeaseNewAsync();
        await Lanes.ReleaseAsync(lease, new LaneResult.Again(Now.AddSeconds(15)), Cancel);
        Assert.Empty(await TakeAsync());

        Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Single(await TakeAsync());
    }

    [Fact]
    public async Task Wishes_racing_with_the_release_are_never_lost()
    {
        for (var round = 0; round < 20; round++)
        {
            var lease = await LeaseNewAsync();
            await Task.WhenAll(
                Lanes.ReleaseAsync(lease, new LaneResult.Done(lease.WantedSeen), Cancel),
                WantAsync(inSeconds: 0));

            Assert.Single(await TakeAsync());
            Time.Advance(Queued);
        }
    }

    [Fact]
    public async Task The_lane_of_a_dead_worker_goes_to_another_with_a_higher_token()
    {
        var dead = await LeaseNewAsync();
        Time.Advance(Held);

        var id = Assert.Single(await TakeAsync());
        var heir = await Lanes.TryLeaseAsync(id, "heir", Held, Cancel);

        Assert.NotNull(heir);
        Assert.True(heir.Token > dead.Token);
        Assert.False(await Lanes.RenewAsync(dead, Held, Cancel));
        Assert.False(await Lanes.ReleaseAsync(dead, new LaneResult.Done(dead.WantedSeen), Cancel));
        Assert.True(await Lanes.RenewAsync(heir, Held, Cancel));
    }

    [Fact]
    public async Task A_renewed_lease_outlives_its_first_term()
    {
        var lease = await LeaseNewAsync();
        Time.Advance(Held / 2);
        Assert.True(await Lanes.RenewAsync(lease, Held, Cancel));
        Time.Advance(Held / 2);

        Assert.Null(await Lanes.TryLeaseAsync(lease.LaneId, "impatient", Held, Cancel));
    }

    [Fact]
    public async Task Two_dispatchers_never_take_the_same_lane()
    {
        await Lanes.WantManyAsync(Enumerable.Range(0, 200).Select(i => new LaneWish("target", $"default/{i}", Now)), cancellationToken: Cancel);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Lanes.TakeDueAsync(50, Now, Queued, Cancel)));

        Assert.Equal(taken.Sum(t => t.Count), taken.SelectMany(t => t).Distinct().Count());
    }

    [Fact]
    public async Task A_lane_that_nobody_wants_any_more_is_forgotten()
    {
        var lease = await LeaseNewAsync();
        Assert.Equal(0, await Lanes.TrimAsync(Now.AddDays(1), Cancel));
        await Lanes.ReleaseAsync(lease, new LaneResult.Done(lease.WantedSeen), Cancel);

        Assert.Equal(0, await Lanes.TrimAsync(Now.AddDays(-1), Cancel));
        Assert.Equal(1, await Lanes.TrimAsync(Now.AddDays(1), Cancel));
    }

    private Task WantAsync(int inSeconds) => Lanes.WantAsync("target", "default/shop", Now.AddSeconds(inSeconds), cancellationToken: Cancel);

    private Task<IReadOnlyList<long>> TakeAsync() => Lanes.TakeDueAsync(100, Now, Queued, Cancel);

    private async Task<Lease> LeaseNewAsync()
    {
        await WantAsync(inSeconds: 0);
        var id = Assert.Single(await TakeAsync());
        return await Lanes.TryLeaseAsync(id, "worker", Held, Cancel) ?? throw new InvalidOperationException("The lane was free.");
    }
}
