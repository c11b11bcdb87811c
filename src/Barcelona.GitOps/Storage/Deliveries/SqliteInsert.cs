namespace Barcelona.GitOps.Storage.Deliveries;

/// <summary>Row by row: SQLite runs in this process, so a statement costs no round trip.</summary>
internal sealed class SqliteInsert(Database database) : IDeliveryInsert
{
    private const string Sql =
        "insert into delivery (id, event, body, received_at) values (@Id, @Event, @StoredBody, @ReceivedAt) on conflict (id) do nothing";

    public async Task<IReadOnlyCollection<string>> InsertAsync(IReadOnlyList<PendingDelivery> group, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(cancellationToken);
        var inserted = new HashSet<string>(group.Count, StringComparer.Ordinal);
        foreach (var delivery in group)
        {
            if (await transaction.ExecuteAsync(Sql, delivery, cancellationToken) == 1)
                inserted.Add(delivery.Id);
        }

        await transaction.CommitAsync(cancellationToken);
        return inserted;
    }
}
