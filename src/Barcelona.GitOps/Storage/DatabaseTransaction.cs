using System.Data.Common;
using Dapper;

namespace Barcelona.GitOps.Storage;

/// <summary>All or nothing. What is not committed when it is disposed never happened.</summary>
public sealed class DatabaseTransaction : IAsyncDisposable
{
    private readonly SemaphoreSlim? _writer;

    internal DatabaseTransaction(DbConnection connection, DbTransaction transaction, SemaphoreSlim? writer) =>
        (Connection, Transaction, _writer) = (connection, transaction, writer);

    internal DbConnection Connection { get; }

    internal DbTransaction Transaction { get; }

    public Task CommitAsync(CancellationToken cancellationToken = default) => Transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using (Connection)
                await Transaction.DisposeAsync();
        }
        finally
        {
            _writer?.Release();
        }
    }

    /// <returns>How many rows were changed.</returns>
    internal Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        Connection.ExecuteAsync(new CommandDefinition(sql, parameters, Transaction, cancellationToken: cancellationToken));

    internal async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        (await Connection.QueryAsync<T>(new CommandDefinition(sql, parameters, Transaction, cancellationToken: cancellationToken))).AsList();
}
