using System.Data.Common;
using Barcelona.GitOps.Storage.Sqlite;
using Dapper;
using Npgsql;

namespace Barcelona.GitOps.Storage;

/// <summary>
/// Our tables, in PostgreSQL or in a SQLite file. Times are stored as Unix milliseconds, UTC.
/// The database holds history and what is in flight; what is true is in git and in AWS.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private static readonly TimeSpan WriterPatience = TimeSpan.FromSeconds(30);

    private readonly DbDataSource _source;

    // SQLite has one writer. Waiting here is fair and costs nothing; waiting in SQLite polls the file. PostgreSQL needs no such thing.
    private readonly SemaphoreSlim? _writer;

    static Database() => ColumnTypes.Register();

    private Database(DbDataSource source, Dialect dialect)
    {
        _source = source;
        _writer = dialect == Dialect.Sqlite ? new(1, 1) : null;
        Dialect = dialect;
    }

    public Dialect Dialect { get; }

    public static Database Connect(StorageOptions options, ILoggerFactory? loggers = null)
    {
        if (!options.IsPostgreSql)
            return new(new SqliteFile(options.EffectiveConnectionString), Dialect.Sqlite);

        var builder = new NpgsqlDataSourceBuilder(options.EffectiveConnectionString);
        // Our statements are few and repeat. A pooler that cannot keep prepared statements is told so in the connection string.
        if (!builder.ConnectionStringBuilder.ContainsKey("Max Auto Prepare"))
            builder.ConnectionStringBuilder.MaxAutoPrepare = 40;

        builder.ConnectionStringBuilder.ApplicationName ??= "barcelona";
        return new(builder.UseLoggerFactory(loggers).Build(), Dialect.PostgreSql);
    }

    /// <summary>A connection to read with. What is written goes through <see cref="BeginAsync"/>.</summary>
    public ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken = default) => _source.OpenConnectionAsync(cancellationToken);

    /// <exception cref="TimeoutException">SQLite only: another writer did not finish, most likely a transaction inside a transaction.</exception>
    public async Task<DatabaseTransaction> BeginAsync(CancellationToken cancellationToken = default)
    {
        await WaitForTurnAsync(cancellationToken);
        DbConnection? connection = null;
        try
        {
            connection = await OpenAsync(cancellationToken);
            return new(connection, await connection.BeginTransactionAsync(cancellationToken), _writer);
        }
        catch
        {
            if (connection is not null)
                await connection.DisposeAsync();

            _writer?.Release();
            throw;
        }
    }

    /// <summary>Brings the tables to what this binary knows. Safe to call from many processes at once.</summary>
    /// <exception cref="SchemaTooNewException">A newer binary has been here.</exception>
    public Task MigrateAsync(CancellationToken cancellationToken = default) => new Migrator(this).RunAsync(cancellationToken);

    /// <summary>Whether the tables are there, and just as this binary knows them.</summary>
    /// <exception cref="NoDatabaseException">There are none, or older ones.</exception>
    /// <exception cref="SchemaTooNewException">A newer binary has been here.</exception>
    public Task CheckAsync(CancellationToken cancellationToken = default) => new Migrator(this).CheckAsync(cancellationToken);

    /// <summary>Throws when the database cannot be reached.</summary>
    public async Task PingAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await connection.ExecuteScalarAsync<long>(new CommandDefinition("select 1", cancellationToken: cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _writer?.Dispose();
    }

    /// <summary>Writes within the caller's transaction, or in one of its own.</summary>
    internal async Task<T> WriteAsync<T>(DatabaseTransaction? within, Func<DatabaseTransaction, Task<T>> write, CancellationToken cancellationToken)
    {
        if (within is not null)
            return await write(within);

        await using var transaction = await BeginAsync(cancellationToken);
        var result = await write(transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>One statement that writes, within the caller's transaction or by itself: that is all or nothing too, at a third of the journeys.</summary>
    /// <returns>How many rows were changed.</returns>
    internal Task<int> ExecuteAsync(DatabaseTransaction? within, string sql, object? parameters, CancellationToken cancellationToken) =>
        within is not null
            ? within.ExecuteAsync(sql, parameters, cancellationToken)
            : InTurnAsync(
                async () =>
                {
                    await using var connection = await OpenAsync(cancellationToken);
                    return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
                },
                cancellationToken);

    /// <summary>One statement that writes and gives rows.</summary>
    internal Task<IReadOnlyList<T>> ChangeAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        InTurnAsync(() => ReadAsync<T>(sql, parameters, cancellationToken), cancellationToken);

    internal async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList();
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        await WaitForTurnAsync(cancellationToken);
        try
        {
            return await write();
        }
        finally
        {
            _writer?.Release();
        }
    }

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        if (_writer is not null && !await _writer.WaitAsync(WriterPatience, cancellationToken))
            throw new TimeoutException($"The only writer of the SQLite file has been busy for {WriterPatience.TotalSeconds:0} s.");
    }
}
