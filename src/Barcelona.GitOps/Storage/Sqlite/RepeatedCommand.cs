using System.Data;
using Microsoft.Data.Sqlite;

namespace Barcelona.GitOps.Storage.Sqlite;

/// <summary>A command that lets its connection's prepared command of the same text do the work.</summary>
internal sealed class RepeatedCommand(KeptConnection connection) : SqliteCommand
{
    /// <summary>SQLite keeps the values until the next use: a webhook's body is not to stay.</summary>
    private const int LargestKept = 64 * 1024;

    private SqliteCommand? _prepared;
    private SqliteDataReader? _reader;

    public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
    {
        GiveBack();
        var prepared = connection.Take(CommandText);
        prepared.Transaction = Transaction;
        prepared.CommandTimeout = CommandTimeout;
        foreach (SqliteParameter parameter in Parameters)
            prepared.Parameters.Add(parameter);

        try
        {
            _reader = prepared.ExecuteReader(behavior);
            _prepared = prepared;
            return _reader;
        }
        catch
        {
            prepared.Dispose();
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            GiveBack();

        base.Dispose(disposing);
    }

    private void GiveBack()
    {
        if (_prepared is not { } prepared)
            return;

        _reader?.Dispose();
        (_prepared, _reader) = (null, null);
        if (Parameters.Cast<SqliteParameter>().Any(p => p.Value is byte[] { Length: > LargestKept } or string { Length: > LargestKept }))
            prepared.Dispose();
        else
            connection.GiveBack(prepared);
    }
}
