using System.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Barcelona.GitOps.Storage.Sqlite;

/// <summary>A connection that goes back to its file when it is disposed, with the statements that it has prepared.</summary>
internal sealed class KeptConnection(SqliteFile file) : SqliteConnection(file.ConnectionString)
{
    // WAL: readers never wait for the writer. FULL: a commit is on the disk before it is reported, also when the power goes.
    private const string Pragmas = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 30000;";

    private const int MostPrepared = 200;

    /// <summary>Our own are shorter. Long ones are lists, of another length each time.</summary>
    private const int LongestPrepared = 2_000;

    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private bool _isIdle;

    public override void Open()
    {
        base.Open();
        try
        {
            using var command = new SqliteCommand(Pragmas, this);
            command.ExecuteNonQuery();
        }
        catch
        {
            Close();
            throw;
        }
    }

    public override SqliteCommand CreateCommand() =>
        new RepeatedCommand(this) { Connection = this, CommandTimeout = DefaultTimeout, Transaction = Transaction };

    /// <summary>Somebody uses it from now on.</summary>
    internal KeptConnection Begin()
    {
        _isIdle = false;
        return this;
    }

    /// <summary>The prepared command of this text, for one caller at a time.</summary>
    internal SqliteCommand Take(string text) => _prepared.Remove(text, out var command) ? command : new SqliteCommand(text, this);

    /// <param name="command">Its reader is closed.</param>
    internal void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (_prepared.Count >= MostPrepared)
            Forget();

        if (command.CommandText.Length > LongestPrepared || !_prepared.TryAdd(command.CommandText, command))
            command.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        // In the middle of a transaction it is of no use to the next.
        if (!disposing || State != ConnectionState.Open || Transaction is not null || raw.sqlite3_get_autocommit(Handle) == 0)
        {
            base.Dispose(disposing);
            return;
        }

        // Who disposes it twice must not hand it to two.
        if (_isIdle)
            return;

        _isIdle = true;
        if (!file.Keep(this))
            Close();
    }

    private void Forget()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();

        _prepared.Clear();
    }
}
