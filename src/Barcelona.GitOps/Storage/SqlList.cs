using Dapper;

namespace Barcelona.GitOps.Storage;

/// <summary>Lists in SQL, written out as parameters: Dapper's own way differs between the two databases.</summary>
internal static class SqlList
{
    /// <summary>SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535.</summary>
    public const int ChunkSize = 500;

    /// <summary>Adds the values as parameters and gives <c>(@id0, @id1, …)</c>.</summary>
    public static string In<T>(this DynamicParameters parameters, string name, IReadOnlyList<T> values)
    {
        for (var i = 0; i < values.Count; i++)
            parameters.Add($"{name}{i}", values[i]);

        return $"({string.Join(", ", Enumerable.Range(0, values.Count).Select(i => $"@{name}{i}"))})";
    }

    /// <summary>
    /// Runs one statement for many rows, since a round trip for each costs more than all the rest. The statement holds <c>{values}</c>,
    /// which becomes <c>(@a0, @b0), (@a1, @b1), …</c>.
    /// </summary>
    public static async Task<int> ExecuteManyAsync(
        this DatabaseTransaction transaction, string sql, IReadOnlyList<KeyValuePair<string, object?>[]> rows, CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var chunk in rows.Chunk(ChunkSize))
        {
            var parameters = new DynamicParameters();
            var values = new List<string>(chunk.Length);
            for (var i = 0; i < chunk.Length; i++)
            {
                foreach (var (name, value) in chunk[i])
                    parameters.Add($"{name}{i}", value);

                values.Add($"({string.Join(", ", chunk[i].Select(column => $"@{column.Key}{i}"))})");
            }

            changed += await transaction.ExecuteAsync(
                sql.Replace("{values}", string.Join(", ", values), StringComparison.Ordinal), parameters, cancellationToken);
        }

        return changed;
    }
}
