using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Barcelona.GitOps.Storage.Sqlite;

/// <summary>
/// A SQLite file as a source of connections that all have the settings that durability needs. A connection that is closed waits here with what it
/// has prepared: the pool of Microsoft.Data.Sqlite keeps the connection alone, and to prepare our short statements takes longer than to run them.
/// </summary>
internal sealed class SqliteFile : DbDataSource
{
    /// <summary>More are used at once in a storm only, and are closed after it.</summary>
    private const int MostIdle = 8;

    private readonly ConcurrentBag<KeptConnection> _idle = [];
    private volatile bool _isDisposed;

    public SqliteFile(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        if (Path.GetDirectoryName(Path.GetFullPath(builder.DataSource)) is { } folder)
            Directory.CreateDirectory(folder);

        ConnectionString = builder.ConnectionString;
    }

    public override string ConnectionString { get; }

    /// <summary>Takes back a connection that nobody uses any more.</summary>
    /// <returns>False: it is to be closed.</returns>
    internal bool Keep(KeptConnection connection)
    {
        if (_isDisposed || _idle.Count >= MostIdle)
            return false;

        _idle.Add(connection);
        if (_isDisposed)
            CloseIdle();

        return true;
    }

    protected override DbConnection CreateDbConnection() => new KeptConnection(this);

    protected override DbConnection OpenDbConnection() => _idle.TryTake(out var kept) ? kept.Begin() : base.OpenDbConnection();

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
            _isDisposed = true;
            CloseIdle();
        }

        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        Dispose(disposing: true);
        return base.DisposeAsyncCore();
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var connection))
            connection.Close();
    }
}
