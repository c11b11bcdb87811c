using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Barcelona.GitOps.Storage;

/// <summary>A SQLite file as a source of connections that all have the settings that durability needs.</summary>
internal sealed class SqliteFile : DbDataSource
{
    // WAL: readers never wait for the writer. FULL: a commit is on the disk before it is reported, also when the power goes.
    private const string Pragmas = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 30000;";

    // A connection from the pool has them already: most reads are one short statement, and these would be four more.
    private readonly ConditionalWeakTable<sqlite3, object> _ready = [];

    public SqliteFile(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (Path.GetDirectoryName(Path.GetFullPath(builder.DataSource)) is { } folder)
            Directory.CreateDirectory(folder);

        ConnectionString = builder.ConnectionString;
    }

    public override string ConnectionString { get; }

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override DbConnection OpenDbConnection() => WithPragmas((SqliteConnection)base.OpenDbConnection());

    // Microsoft.Data.Sqlite has no asynchronous input and output: nothing is gained by pretending.
    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(OpenDbConnection());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Closed connections wait in a pool and keep the file open.
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        Dispose(disposing: true);
        return base.DisposeAsyncCore();
    }

    private SqliteConnection WithPragmas(SqliteConnection connection)
    {
        if (connection.Handle is not { } handle || _ready.TryGetValue(handle, out _))
        {
            return connection;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        _ready.TryAdd(handle, handle);
        return connection;
    }
}
