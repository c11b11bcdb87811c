using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Notifications;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class PostgreSqlNoticeLogTests(PostgreSqlServer server) : NoticeLogTests(server);

public sealed class SqliteNoticeLogTests() : NoticeLogTests(server: null);

public abstract class NoticeLogTests(PostgreSqlServer? server) : StorageTest(server)
{
    private NoticeLog Log => field ??= new(Database);

    private Runs Runs => field ??= new(Database, Time);

    [Fact]
    public async Task What_was_said_holds_for_the_state_in_which_it_was_said()
    {
        var (run, lease) = await RunningAsync("a");
        Assert.Equal([run.Id], (await Log.UnsaidAsync("default", 9, Cancel)).Select(r => r.Id));
        Assert.Equal(["default"], await Log.DistrictsAsync(Cancel));
        await Log.SayAsync(run, "sns", Cancel);
        await Log.SayAsync(run, "sns", Cancel);
        await Log.SettleAsync([run], Cancel);
        Assert.Empty(await Log.UnsaidAsync("default", "shop", 9, Cancel));

        await Runs.UpdateAsync(run with { State = RunState.Failed, FinishedAt = Now }, lease, within: null, Cancel);

        // What was read before the run ended settles nothing.
        await Log.SettleAsync([run], Cancel);
        var ended = Assert.Single(await Log.UnsaidAsync("default", "shop", 9, Cancel));
        Assert.Equal(RunState.Running, (await Log.SaidAsync("default", Cancel))[(run.Id, "sns")]);

        await Log.SettleAsync([ended], Cancel);
        Assert.Empty(await Log.UnsaidAsync("default", 9, Cancel));
        Assert.Empty(await Log.SaidAsync("default", Cancel));
        Assert.Empty(await Log.DistrictsAsync(Cancel));
    }

    [Fact]
    public async Task How_a_channel_is_doing_is_read_back()
    {
        var state = new ChannelState
        {
            District = "default",
            Channel = "slack:a/b",
            Trouble = "It is away.",
            Failures = 2,
            DueAt = Now,
            MinuteAt = Now.AddSeconds(1),
            SaidInMinute = 3,
        };
        await Log.SaveAsync(state with { Trouble = null }, Cancel);
        await Log.SaveAsync(state, Cancel);

        Assert.Equal(state, Assert.Single(await Log.ChannelsAsync("default", Cancel)));
        Assert.Empty(await Log.ChannelsAsync("other", Cancel));
    }

    private async Task<(Run Run, Lease Lease)> RunningAsync(string trigger)
    {
        var lanes = new Lanes(Database, Time);
        await lanes.WantAsync(LaneKinds.Target, "default/shop", Now, cancellationToken: Cancel);
        var lane = Assert.Single(await lanes.TakeDueAsync(1, Now, TimeSpan.FromMinutes(1), Cancel));
        var lease = Assert.IsType<Lease>(await lanes.TryLeaseAsync(lane, "me", TimeSpan.FromMinutes(1), Cancel));
        var run = await Runs.CreateAsync(
            new NewRun
            {
                TriggerKey = trigger,
                District = "default",
                Heritage = "shop",
                Repository = RepositoryName.Parse("acme/shop"),
                Installation = 1,
                Environment = "production",
                Ref = GitRef.Branch("main"),
                Commit = CommitSha.Parse(new string('a', 40)),
            },
            within: null,
            Cancel);
        Assert.Empty(await Log.UnsaidAsync("default", 9, Cancel));
        var running = run with { State = RunState.Running, StartedAt = Now };
        await Runs.UpdateAsync(running, lease, within: null, Cancel);
        return (running, lease);
    }
}
