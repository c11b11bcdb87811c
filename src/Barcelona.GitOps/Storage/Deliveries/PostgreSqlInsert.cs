using Npgsql;
using NpgsqlTypes;

namespace Barcelona.GitOps.Storage.Deliveries;

/// <summary>One statement for the whole group: one round trip, one transaction, one flush of the log.</summary>
internal sealed class PostgreSqlInsert(Database database) : IDeliveryInsert
{
    private const string Sql = """
        insert into delivery (id, event, body, received_at)
        select * from unnest($1, $2, $3, $4)
        on conflict (id) do nothing
        returning id
        """;

    public async Task<IReadOnlyCollection<string>> InsertAsync(IReadOnlyList<PendingDelivery> group, CancellationToken cancellationToken)
    {
        await using var connection = (NpgsqlConnection)await database.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection);
        // In one order everywhere: two groups that hold the same redelivered ids would otherwise wait for each other.
        var sorted = group.OrderBy(d => d.Id, StringComparer.Ordinal).ToArray();
        command.Parameters.Add(Column(NpgsqlDbType.Text, sorted, d => d.Id));
        command.Parameters.Add(Column(NpgsqlDbType.Text, sorted, d => d.Event));
        command.Parameters.Add(Column(NpgsqlDbType.Bytea, sorted, d => d.StoredBody));
        command.Parameters.Add(Column(NpgsqlDbType.Bigint, sorted, d => d.ReceivedAt.ToUnixTimeMilliseconds()));

        var inserted = new HashSet<string>(group.Count, StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            inserted.Add(reader.GetString(0));

        return inserted;
    }

    private static NpgsqlParameter<T[]> Column<T>(NpgsqlDbType type, PendingDelivery[] group, Func<PendingDelivery, T> value) =>
        new() { TypedValue = Array.ConvertAll(group, value.Invoke), NpgsqlDbType = NpgsqlDbType.Array | type };
}
