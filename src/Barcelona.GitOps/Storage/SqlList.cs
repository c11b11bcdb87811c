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
}
