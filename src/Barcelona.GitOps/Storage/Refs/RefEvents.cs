using Barcelona.GitOps.Core.Names;
using Dapper;

namespace Barcelona.GitOps.Storage.Refs;

/// <summary>Accepted events that wait for the lane of their ref.</summary>
public sealed class RefEvents(Database database, TimeProvider time)
{
    private const string AddSql = """
        insert into ref_event (delivery_id, repository, installation, ref, sha, kind, message, actor, default_branch, received_at)
        values {values}
        on conflict (delivery_id, repository, ref, kind) do nothing
        """;

    private const string PendingSql = """
        select id as Id, delivery_id as DeliveryId, repository as Repository, installation as Installation, ref as Ref, sha as "Commit",
            kind as Kind, message as Message, actor as Actor, default_branch as DefaultBranch, received_at as ReceivedAt
        from ref_event
        where repository = @repository and ref = @gitRef and handled_at is null
        order by id
        """;

    /// <summary>An event that is already there, by delivery, ref and kind, is not added again.</summary>
    public Task AddAsync(IEnumerable<RefEvent> events, DatabaseTransaction? within = null, CancellationToken cancellationToken = default)
    {
        var rows = events.Select(e => (KeyValuePair<string, object?>[])
        [
            new("deliveryId", e.DeliveryId),
            new("repository", StoredName.Of(e.Repository)),
            new("installation", e.Installation),
            new("gitRef", e.Ref.Value),
            new("commit", e.Commit),
            new("kind", e.Kind.ToString()),
            new("message", e.Message),
            new("actor", e.Actor),
            new("defaultBranch", e.DefaultBranch),
            new("receivedAt", e.ReceivedAt),
        ]).ToList();
        return rows.Count == 0
            ? Task.CompletedTask
            : database.WriteAsync(within, transaction => transaction.ExecuteManyAsync(AddSql, rows, cancellationToken), cancellationToken);
    }

    /// <summary>In the order in which they were accepted.</summary>
    public Task<IReadOnlyList<RefEvent>> PendingAsync(RepositoryName repository, GitRef gitRef, CancellationToken cancellationToken = default) =>
        database.ReadAsync<RefEvent>(PendingSql, new { repository = StoredName.Of(repository), gitRef = gitRef.Value }, cancellationToken);

    public Task MarkHandledAsync(
        IReadOnlyCollection<long> ids, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        database.WriteAsync(within, async transaction =>
        {
            foreach (var chunk in ids.Order().Chunk(SqlList.ChunkSize))
            {
                var parameters = new DynamicParameters(new { now = time.GetUtcNow() });
                var list = parameters.In("id", chunk);
                await transaction.ExecuteAsync($"update ref_event set handled_at = @now where id in {list}", parameters, cancellationToken);
            }

            return ids.Count;
        }, cancellationToken);

    /// <summary>Forgets handled events.</summary>
    public Task<int> TrimAsync(DateTimeOffset olderThan, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(within: null, "delete from ref_event where handled_at < @olderThan", new { olderThan }, cancellationToken);
}
