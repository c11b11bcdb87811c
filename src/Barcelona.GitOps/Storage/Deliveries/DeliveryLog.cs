using Dapper;

namespace Barcelona.GitOps.Storage.Deliveries;

/// <summary>The inbox: every delivery that was acknowledged, until it is trimmed.</summary>
public sealed class DeliveryLog(Database database, TimeProvider time) : IAsyncDisposable
{
    // Bodies are at most 25 MiB: a batch is cut before it grows past this, compressed.
    private const long MaxBatchBytes = 4 * 1024 * 1024;

    private readonly GroupCommit _groups = new(
        database.Dialect == Dialect.Sqlite ? new SqliteInsert(database) : new PostgreSqlInsert(database), time);

    // Two workers that take at the same time take different ones, if both do so in a transaction.
    private readonly string _newSql = $"""
        select id as Id, length(body) as Length from delivery
        where handled_at is null
        order by received_at, id
        limit @max
        {database.Dialect.SkipLocked}
        """;

    /// <summary>Completes when the delivery is on the disk. Cancelling stops the waiting, not always the writing.</summary>
    /// <exception cref="DeliveryNotStoredException">The database is down or too slow.</exception>
    public Task<AppendResult> AppendAsync(Delivery delivery, CancellationToken cancellationToken = default) =>
        _groups.AppendAsync(new(delivery), cancellationToken);

    /// <summary>What has not been handled, the oldest first.</summary>
    /// <param name="max">At most so many; fewer when they are large.</param>
    /// <param name="within">The transaction in which they will be marked, so that no other worker takes them too.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<StoredDelivery>> TakeNewAsync(
        int max, DatabaseTransaction? within = null, CancellationToken cancellationToken = default)
    {
        // Asked four times a second, mostly for nothing: a read holds up no writer.
        if (within is null
            && (await database.ReadAsync<string>("select id from delivery where handled_at is null limit 1", null, cancellationToken)).Count == 0)
        {
            return [];
        }

        return await database.WriteAsync<IReadOnlyList<StoredDelivery>>(within, async transaction =>
        {
            var found = await transaction.QueryAsync<NewDelivery>(_newSql, new { max }, cancellationToken);
            var rows = new List<Row>(found.Count);
            foreach (var chunk in UpToMaxBytes(found).Chunk(SqlList.ChunkSize))
            {
                var parameters = new DynamicParameters();
                var list = parameters.In("id", chunk);
                rows.AddRange(await transaction.QueryAsync<Row>(
                    $"select id as Id, event as Event, body as Body, received_at as ReceivedAt from delivery where id in {list}",
                    parameters,
                    cancellationToken));
            }

            return [.. rows.OrderBy(r => r.ReceivedAt).ThenBy(r => r.Id, StringComparer.Ordinal)
                .Select(r => new StoredDelivery(r.Id, r.Event, BodyCodec.Decode(r.Body), r.ReceivedAt))];
        }, cancellationToken);
    }

    /// <param name="ids">Handled deliveries.</param>
    /// <param name="outcome">One line for people: what became of them.</param>
    public Task MarkHandledAsync(
        IReadOnlyCollection<string> ids, string outcome, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        database.WriteAsync(within, async transaction =>
        {
            foreach (var chunk in ids.Order(StringComparer.Ordinal).Chunk(SqlList.ChunkSize))
            {
                var parameters = new DynamicParameters(new { now = time.GetUtcNow(), outcome });
                var list = parameters.In("id", chunk);
                await transaction.ExecuteAsync(
                    $"update delivery set handled_at = @now, outcome = @outcome where id in {list}", parameters, cancellationToken);
            }

            return ids.Count;
        }, cancellationToken);

    public async Task<bool> KnowsAsync(string id, CancellationToken cancellationToken = default) =>
        (await KnownAsync([id], cancellationToken)).Count == 1;

    /// <returns>Those of the ids that were accepted, handled or not.</returns>
    public async Task<IReadOnlySet<string>> KnownAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chunk in ids.Chunk(SqlList.ChunkSize))
        {
            var parameters = new DynamicParameters();
            var list = parameters.In("id", chunk);
            known.UnionWith(await database.ReadAsync<string>($"select id from delivery where id in {list}", parameters, cancellationToken));
        }

        return known;
    }

    /// <summary>Forgets handled deliveries. GitHub can redeliver for three days: younger ones must stay, or a duplicate is taken for new.</summary>
    public Task<int> TrimAsync(DateTimeOffset olderThan, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            within: null, "delete from delivery where handled_at is not null and received_at < @olderThan", new { olderThan }, cancellationToken);

    public ValueTask DisposeAsync() => _groups.DisposeAsync();

    private static IEnumerable<string> UpToMaxBytes(IReadOnlyList<NewDelivery> found)
    {
        var bytes = 0L;
        foreach (var delivery in found)
        {
            bytes += delivery.Length;
            // One is always taken, however large.
            if (bytes > MaxBatchBytes && bytes > delivery.Length)
                yield break;

            yield return delivery.Id;
        }
    }

    private sealed record NewDelivery
    {
        public required string Id { get; init; }

        public required long Length { get; init; }
    }

    private sealed record Row
    {
        public required string Id { get; init; }

        public required string Event { get; init; }

        public required byte[] Body { get; init; }

        public required DateTimeOffset ReceivedAt { get; init; }
    }
}
