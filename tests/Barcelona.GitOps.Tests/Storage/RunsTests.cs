using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class PostgreSqlRunsTests(PostgreSqlServer server) : RunsTests(server);

public sealed class SqliteRunsTests() : RunsTests(server: null);

public abstract class RunsTests(PostgreSqlServer? server) : StorageTest(server)
{
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(2);

    private Runs Runs => field ??= new(Database, Time);

    private Lanes Lanes => field ??= new(Database, Time);

    [Fact]
    public async Task The_same_trigger_gives_the_same_run()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CreateAsync("a")));

        Assert.Single(all.Select(r => r.Id).Distinct());
        Assert.Equal("octocat", Assert.Single(await Runs.RecentAsync(10, Cancel)).Actor);
    }

    [Fact]
    public async Task Everything_that_may_change_is_read_back()
    {
        var lease = await LeaseAsync();
        var changed = await CreateAsync("a") with
        {
            PlatformCommit = Sha('b'),
            Image = "k2nr/sinatra-barcelona@sha256:0",
            State = RunState.Failed,
            Cause = "The container exited with 1.",
            Detail = """{"steps":[]}""",
            CheckRunId = 11,
            CheckAttemptedAt = Now,
            DeploymentId = 12,
            DeploymentAttemptedAt = Now.AddSeconds(1),
            Reported = RunState.Running,
            Attempt = 2,
            StartedAt = Now.AddSeconds(2),
            FinishedAt = Now.AddSeconds(3),
        };
        Time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await Runs.UpdateAsync(changed, lease, cancellationToken: Cancel));
        Assert.Equal(changed with { UpdatedAt = Now }, await Runs.GetAsync(changed.Id, Cancel));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_writes_nothing()
    {
        var run = await CreateAsync("a");
        var dead = await LeaseAsync();
        Time.Advance(Held);
        var heir = await Lanes.TryLeaseAsync(dead.LaneId, "heir", Held, Cancel);
        Assert.NotNull(heir);

        Assert.False(await Runs.UpdateAsync(run with { State = RunState.Failed }, dead, cancellationToken: Cancel));
        Assert.Equal(RunState.Queued, (await Runs.GetAsync(run.Id, Cancel))?.State);
        Assert.True(await Runs.UpdateAsync(run with { State = RunState.Running }, heir, cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_lane_that_was_left_gives_no_right_to_write()
    {
        var run = await CreateAsync("a");
        var lease = await LeaseAsync();
        await Lanes.ReleaseAsync(lease, new LaneResult.Done(lease.WantedSeen), Cancel);

        Assert.False(await Runs.UpdateAsync(run with { State = RunState.Running }, lease, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Those_that_were_seen_are_superseded_and_one_made_a_moment_later_is_not()
    {
        var lease = await LeaseAsync();
        var running = await CreateAsync("a");
        await Runs.UpdateAsync(running with { State = RunState.Running }, lease, cancellationToken: Cancel);
        var over = await CreateAsync("b");
        await Runs.UpdateAsync(over with { State = RunState.Succeeded }, lease, cancellationToken: Cancel);
        var newest = await CreateAsync("c");
        var late = await CreateAsync("d");

        Assert.Equal(1, await Runs.SupersedeAsync([running, over], newest.Commit, lease, Cancel));

        var superseded = await Runs.GetAsync(running.Id, Cancel);
        Assert.Equal((RunState.Superseded, newest.Commit), (superseded?.State, superseded?.SupersededBy));
        Assert.Equal([newest.Id, late.Id], (await Runs.ActiveForTargetAsync("default", "shop", Cancel)).Select(r => r.Id));
        Assert.Equal(RunState.Succeeded, (await Runs.GetAsync(over.Id, Cancel))?.State);
        Assert.Equal(0, await Runs.SupersedeAsync([running], newest.Commit, lease, Cancel));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_supersedes_nothing()
    {
        var old = await CreateAsync("a");
        var dead = await LeaseAsync();
        Time.Advance(Held);
        Assert.NotNull(await Lanes.TryLeaseAsync(dead.LaneId, "heir", Held, Cancel));

        Assert.Equal(0, await Runs.SupersedeAsync([old], Sha('b'), dead, Cancel));
        Assert.Equal(RunState.Queued, (await Runs.GetAsync(old.Id, Cancel))?.State);
    }

    [Fact]
    public async Task A_run_that_is_over_stays_what_it_became()
    {
        var lease = await LeaseAsync();
        var old = await CreateAsync("a");
        await Runs.SupersedeAsync([old], Sha('b'), lease, Cancel);

        Assert.False(await Runs.UpdateAsync(old with { State = RunState.Succeeded }, lease, cancellationToken: Cancel));
        var read = await Runs.GetAsync(old.Id, Cancel);
        Assert.NotNull(read);
        Assert.True(await Runs.UpdateAsync(read with { Reported = RunState.Superseded }, lease, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Only_runs_whose_end_GitHub_has_heard_are_forgotten()
    {
        var lease = await LeaseAsync();
        var told = await CreateAsync("a");
        await Runs.UpdateAsync(told with { State = RunState.Failed, Reported = RunState.Failed, FinishedAt = Now }, lease, cancellationToken: Cancel);
        var untold = await CreateAsync("b");
        await Runs.UpdateAsync(
            untold with { State = RunState.Failed, Reported = RunState.Running, FinishedAt = Now }, lease, cancellationToken: Cancel);
        var active = await CreateAsync("c");

        Assert.Equal(0, await Runs.TrimAsync(Now, Cancel));
        Assert.Equal(1, await Runs.TrimAsync(Now.AddSeconds(1), Cancel));
        Assert.Equal([active.Id, untold.Id], (await Runs.RecentAsync(10, Cancel)).Select(r => r.Id));
    }

    [Fact]
    public async Task Runs_whose_state_GitHub_does_not_know_are_found()
    {
        var lease = await LeaseAsync();
        var told = await CreateAsync("a");
        await Runs.UpdateAsync(told with { State = RunState.Running, Reported = RunState.Running }, lease, cancellationToken: Cancel);
        var stale = await CreateAsync("b");
        await Runs.UpdateAsync(stale with { State = RunState.Succeeded, Reported = RunState.Running }, lease, cancellationToken: Cancel);
        var untold = await CreateAsync("c");

        Assert.Equal([stale.Id, untold.Id], (await Runs.UnreportedAsync(10, Cancel)).Select(r => r.Id));
    }

    [Fact]
    public async Task The_newest_of_a_target_is_the_one_made_last()
    {
        await CreateAsync("a");
        var last = await CreateAsync("b");
        await CreateAsync("c", heritage: "blog");

        Assert.Equal(last.Id, (await Runs.NewestForTargetAsync("default", "shop", Cancel))?.Id);
        Assert.Null(await Runs.NewestForTargetAsync("default", "nobody", Cancel));
    }

    private static CommitSha Sha(char digit) => CommitSha.Parse(new string(digit, 40));

    [Fact]
    public async Task The_district_of_an_environment_is_that_of_its_newest_run()
    {
        await CreateAsync("a", district: "old");
        await CreateAsync("b");
        await CreateAsync("the district's own", heritage: "", district: "another");

        var last = Assert.Single(await Runs.LastDistrictsAsync(RepositoryName.Parse("acme/shop"), Cancel));

        Assert.Equal(("production", "default"), (last.Key, last.Value));
        Assert.Empty(await Runs.LastDistrictsAsync(RepositoryName.Parse("acme/other"), Cancel));
    }

    private Task<Run> CreateAsync(string trigger, string heritage = "shop", string district = "default") => Runs.CreateAsync(
        new()
        {
            TriggerKey = trigger,
            District = district,
            Heritage = heritage,
            Repository = RepositoryName.Parse("Acme/Shop"),
            Installation = 1,
            Environment = "production",
            Ref = GitRef.Branch("main"),
            Commit = Sha('a'),
            Actor = "octocat",
        },
        cancellationToken: Cancel);

    private async Task<Lease> LeaseAsync()
    {
        await Lanes.WantAsync(LaneKinds.Target, LaneKinds.TargetKey("default", "shop"), Now, cancellationToken: Cancel);
        var id = Assert.Single(await Lanes.TakeDueAsync(10, Now, Held, Cancel));
        return await Lanes.TryLeaseAsync(id, "worker", Held, Cancel) ?? throw new InvalidOperationException("The lane was free.");
    }
}
