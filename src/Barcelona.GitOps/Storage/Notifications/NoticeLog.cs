using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Storage.Notifications;

/// <summary>
/// What the channels of districts have been told of which run. There is no list of messages: what is to be said follows from a run's row and from
/// what was said last, so that no crash can lose the end of a run, nor say what is out of date.
/// </summary>
public sealed class NoticeLog(Database database)
{
    private const string Unsaid = "where (notified is null or notified <> state) and state <> 'Queued'";

    private const string SaveSql = """
        insert into notice_channel (district, channel, trouble, failures, due_at, minute_at, said_in_minute)
        values (@District, @Channel, @Trouble, @Failures, @DueAt, @MinuteAt, @SaidInMinute)
        on conflict (district, channel) do update set
            trouble = excluded.trouble, failures = excluded.failures, due_at = excluded.due_at, minute_at = excluded.minute_at,
            said_in_minute = excluded.said_in_minute
        """;

    /// <summary>Runs of a district that have a state of which not every channel has heard, in the order in which they were made.</summary>
    public Task<IReadOnlyList<Run>> UnsaidAsync(string district, int max, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>(
            $"{RunSql.Select} {Unsaid} and district = @district order by sequence limit @max", new { district, max }, cancellationToken);

    /// <summary>The same of one target.</summary>
    public Task<IReadOnlyList<Run>> UnsaidAsync(string district, string heritage, int max, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>(
            $"{RunSql.Select} {Unsaid} and district = @district and heritage = @heritage order by sequence limit @max",
            new { district, heritage, max },
            cancellationToken);

    /// <summary>Districts of whose runs some channel may have to hear.</summary>
    public Task<IReadOnlyList<string>> DistrictsAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync<string>($"select distinct district from run {Unsaid}", parameters: null, cancellationToken);

    /// <summary>What was said of runs of a district: run and channel to the state.</summary>
    public async Task<Dictionary<(string RunId, string Channel), RunState>> SaidAsync(string district, CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync<Said>(
            """
            select n.run_id as RunId, n.channel as Channel, n.said as State from notice n join run r on r.id = n.run_id
            where r.district = @district
            """,
            new { district },
            cancellationToken);
        return rows.ToDictionary(r => (r.RunId, r.Channel), r => r.State);
    }

    /// <summary>A channel has heard of the state that the run has.</summary>
    public Task SayAsync(Run run, string channel, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            within: null,
            """
            insert into notice (run_id, channel, said) values (@id, @channel, @state)
            on conflict (run_id, channel) do update set said = excluded.said
            """,
            new { id = run.Id, channel, state = run.State.ToString() },
            cancellationToken);

    /// <summary>Nobody has to hear more of these runs, unless they have changed their state since they were read.</summary>
    public Task SettleAsync(IReadOnlyCollection<Run> runs, CancellationToken cancellationToken = default) => runs.Count == 0
        ? Task.CompletedTask
        : database.WriteAsync(within: null, async transaction =>
        {
            var settled = 0;
            foreach (var run in runs)
            {
                var row = new { id = run.Id, state = run.State.ToString() };
                settled += await transaction.ExecuteAsync(
                    "update run set notified = @state where id = @id and state = @state", row, cancellationToken);
                if (run.State.IsFinal())
                {
                    await transaction.ExecuteAsync("delete from notice where run_id = @id", row, cancellationToken);
                }
            }

            return settled;
        }, cancellationToken);

    public Task<IReadOnlyList<ChannelState>> ChannelsAsync(string district, CancellationToken cancellationToken = default) =>
        database.ReadAsync<ChannelState>(
            """
            select district as District, channel as Channel, trouble as Trouble, failures as Failures, due_at as DueAt, minute_at as MinuteAt,
                said_in_minute as SaidInMinute
            from notice_channel where district = @district
            """,
            new { district },
            cancellationToken);

    public Task SaveAsync(ChannelState state, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(within: null, SaveSql, state, cancellationToken);

    private sealed record Said
    {
        public required string RunId { get; init; }

        public required string Channel { get; init; }

        public required RunState State { get; init; }
    }
}
