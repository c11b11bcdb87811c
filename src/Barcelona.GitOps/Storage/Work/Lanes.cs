namespace Barcelona.GitOps.Storage.Work;

/// <summary>
/// One row for each thing that wants looking at. Wishes coalesce: a lane that is wanted ten times is worked on once, and a wish that
/// comes while it is worked on is seen afterwards. <c>due_at</c> is the wish; taking the lease clears it, so whatever is there when
/// the worker leaves came in meanwhile and is kept.
/// </summary>
public sealed class Lanes(Database database, TimeProvider time)
{
    private const string WantSql = """
        insert into lane (kind, key, wanted, done, wanted_at, due_at, queued_until, lease_token, lease_until, actor)
        values {values}
        on conflict (kind, key) do update set
            wanted = lane.wanted + 1,
            wanted_at = excluded.wanted_at,
            actor = excluded.actor,
            due_at = case when lane.due_at < excluded.due_at then lane.due_at else excluded.due_at end
        """;

    // Besides what is due: a lease that ran out is a worker that died, and its lane has to be finished by another.
    private const string DueSql = """
        (due_at <= @now and (lease_owner is null or lease_until <= @now) or lease_owner is not null and lease_until <= @now)
              and queued_until <= @now
        """;

    private readonly string _takeSql = $"""
        update lane set queued_until = @queuedUntil
        where id in (
            select id from lane
            where {DueSql}
            order by coalesce(due_at, 0), id
            limit @max
            {database.Dialect.SkipLocked})
        returning id
        """;

    private const string LeaseSql = """
        update lane set lease_owner = @owner, lease_token = lease_token + 1, lease_until = @until, due_at = null, queued_until = 0
        where id = @laneId and (lease_owner is null and due_at <= @now or lease_owner is not null and lease_until <= @now)
        returning id as LaneId, kind as Kind, key as Key, lease_token as Token, wanted as WantedSeen, actor as Actor
        """;

    // The re-check after work: a wish newer than what was seen is due now, whatever the worker made of the older ones.
    private const string ReleaseSql = """
        update lane set
            lease_owner = null, lease_until = 0, queued_until = 0,
            done = case when @seen > done then @seen else done end,
            due_at = case
                when due_at <= @again then due_at
                when @again is not null then @again
                when due_at is null and wanted > @seen then @now
                else due_at end
        where id = @laneId and lease_token = @token and lease_owner is not null
        """;

    /// <summary>Asks for the lane to be looked at, not before <paramref name="due"/>.</summary>
    public Task WantAsync(
        string kind, string key, DateTimeOffset due, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        WantManyAsync([new(kind, key, due)], within, cancellationToken);

    public Task WantManyAsync(
        IEnumerable<LaneWish> wishes, DatabaseTransaction? within = null, CancellationToken cancellationToken = default)
    {
        // In one order everywhere: two transactions that want the same lanes would otherwise wait for each other.
        var ordered = wishes.GroupBy(w => (w.Kind, w.Key))
            .OrderBy(g => g.Key.Kind, StringComparer.Ordinal).ThenBy(g => g.Key.Key, StringComparer.Ordinal)
            .Select(g => Row(g.Key.Kind, g.Key.Key, g.Min(w => w.Due), g.Last().Actor))
            .ToList();
        return ordered.Count == 0
            ? Task.CompletedTask
            : database.WriteAsync(within, transaction => transaction.ExecuteManyAsync(WantSql, ordered, cancellationToken), cancellationToken);
    }

    /// <summary>Lanes to queue a job for, the longest due first. They are not given out again before <paramref name="queuedFor"/> has passed
    /// or a job has had its turn: a queue that loses a job delays the lane and no more.</summary>
    public async Task<IReadOnlyList<long>> TakeDueAsync(
        int max, DateTimeOffset now, TimeSpan queuedFor, CancellationToken cancellationToken = default)
    {
        // Asked four times a second, mostly for nothing: a read holds up no writer.
        var any = await database.ReadAsync<long>($"select id from lane where {DueSql} limit 1", new { now }, cancellationToken);
        return any.Count == 0
            ? any
            : await database.ChangeAsync<long>(_takeSql, new { max, now, queuedUntil = now + queuedFor }, cancellationToken);
    }

    /// <returns>Null when somebody else holds the lane, or when nothing is due on it.</returns>
    public async Task<Lease?> TryLeaseAsync(
        long laneId, string owner, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var leases = await database.ChangeAsync<Lease>(LeaseSql, new { laneId, owner, now, until = now + duration }, cancellationToken);
        return leases.SingleOrDefault();
    }

    /// <returns>False when the lease is lost: stop, and write nothing more.</returns>
    public async Task<bool> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken = default) =>
        await WriteAsync(
            "update lane set lease_until = @until where id = @laneId and lease_token = @token and lease_owner is not null",
            new { laneId = lease.LaneId, token = lease.Token, until = time.GetUtcNow() + duration },
            cancellationToken);

    /// <returns>False when the lease was lost before: whoever has the lane decides.</returns>
    public async Task<bool> ReleaseAsync(Lease lease, LaneResult result, CancellationToken cancellationToken = default)
    {
        (long Seen, DateTimeOffset? Again) leave = result switch
        {
            LaneResult.Done done => (done.WantedSeen, null),
            LaneResult.Again again => (again.WantedSeen ?? 0, again.At),
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
        return await WriteAsync(
            ReleaseSql,
            new
            {
                laneId = lease.LaneId,
                token = lease.Token,
                seen = leave.Seen,
                // As a number already: a null has no type of its own that would say how it is stored.
                again = leave.Again?.ToUnixTimeMilliseconds(),
                now = time.GetUtcNow(),
            },
            cancellationToken);
    }

    /// <summary>Whether anything is due, queued or being worked on: false is quiet.</summary>
    public async Task<bool> AnyActiveAsync(DateTimeOffset dueBefore, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync<long>(
            "select id from lane where due_at <= @dueBefore or lease_owner is not null limit 1", new { dueBefore }, cancellationToken)).Count > 0;

    /// <summary>After a start: what the process before had queued is given out again. It died with its queue (SQLite), or with jobs that it
    /// had fetched and not begun (PostgreSQL). A job that is in the queue after all finds nothing to do.</summary>
    public Task ForgetQueuedAsync(CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(within: null, "update lane set queued_until = 0 where queued_until > 0", new { }, cancellationToken);

    /// <summary>When the next lane is due; null when none is.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) =>
        (await database.ReadAsync<DateTimeOffset>(
            "select due_at from lane where due_at is not null order by due_at limit 1",
            parameters: null,
            cancellationToken)) is [var next] ? next : null;

    /// <summary>Forgets lanes that nobody has wanted since: refs that are gone, closed pull requests.</summary>
    public Task<int> TrimAsync(DateTimeOffset olderThan, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            within: null,
            "delete from lane where due_at is null and lease_owner is null and wanted_at < @olderThan",
            new { olderThan },
            cancellationToken);

    private KeyValuePair<string, object?>[] Row(string kind, string key, DateTimeOffset due, string? actor) =>
    [
        new("kind", kind),
        new("key", key),
        new("wanted", 1L),
        new("done", 0L),
        new("wantedAt", time.GetUtcNow()),
        new("due", due),
        new("queuedUntil", 0L),
        new("token", 0L),
        new("leaseUntil", 0L),
        new("actor", actor),
    ];

    private async Task<bool> WriteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(within: null, sql, parameters, cancellationToken) == 1;
}
