using System.Data;
using Microsoft.Data.Sqlite;

namespace Barcelona.GitOps.Storage.Sqlite;

/// <summary>A command that lets its connection's prepared command of the same text do the work.</summary>
internal sealed class RepeatedCommand(KeptConnection connection) : SqliteCommand
{
    private SqliteCommand? _prepared;

    public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
    {
        GiveBack();
        var prepared = connection.Take(CommandText);
        prepared.Transaction = Transaction;
        prepared.CommandTimeout = CommandTimeout;
        prepared.Parameters.Clear();
        foreach (SqliteParameter parameter in Parameters)
            prepared.Parameters.Add(parameter);

        try
        {
            var reader = prepared.ExecuteReader(behavior);
            _prepared = prepared;
            return reader;
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

        _prepared = null;
        connection.GiveBack(prepared);
    }
}
