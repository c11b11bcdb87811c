namespace Barcelona.GitOps.Storage.History;

/// <summary>Requests that wait for the lane of their run.</summary>
public sealed class RunRequests(Database database, TimeProvider time)
{
    private const string PendingSql = """
        select q.id as Id, q.request_key as RequestKey, q.run_id as RunId, q.action as Action, q.actor as Actor,
            q.origin as Origin, q.asked_at as AskedAt
        from run_request q join run r on r.id = q.run_id
        where q.handled_at is null and r.district = @district and r.heritage = @heritage
        order by q.id
        """;

    private const string AddSql = """
        insert into run_request (request_key, run_id, action, actor, origin, asked_at)
        values (@requestKey, @runId, @action, @actor, @origin, @now)
        on conflict (request_key) do nothing
        """;

    /// <summary>A request that is already there is not added again.</summary>
    public Task AddAsync(
        Run run, string requestKey, NewRequest wanted, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            within,
            AddSql,
            new
            {
                requestKey,
                runId = run.Id,
                action = wanted.Action,
                actor = wanted.Actor,
                origin = wanted.Origin.ToString(),
                now = time.GetUtcNow(),
            },
            cancellationToken);

    /// <summary>Of all runs of a target, in the order in which they came.</summary>
    public Task<IReadOnlyList<RunRequest>> PendingAsync(string district, string heritage, CancellationToken cancellationToken = default) =>
        database.ReadAsync<RunRequest>(PendingSql, new { district, heritage }, cancellationToken);

    public Task MarkHandledAsync(RunRequest request, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            within, "update run_request set handled_at = @now where id = @id", new { id = request.Id, now = time.GetUtcNow() }, cancellationToken);

    /// <summary>Forgets handled requests.</summary>
    public Task<int> TrimAsync(DateTimeOffset olderThan, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(within: null, "delete from run_request where handled_at < @olderThan", new { olderThan }, cancellationToken);
}

/// <param name="Action">The button's identifier.</param>
public sealed record NewRequest(string Action, string? Actor, RequestOrigin Origin);
