using Microsoft.Data.Sqlite;

namespace Barcelona.GitOps.Storage.Sqlite;

/// <summary>A connection that goes back to its file when it is disposed, with the statements that it has prepared.</summary>
internal sealed class KeptConnection(SqliteFile file) : SqliteConnection(file.ConnectionString)
{
    /// <summary>More than we have: lists of every length are statements of their own.</summary>
    private const int MostPrepared = 200;

    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public override SqliteCommand CreateCommand() =>
        new RepeatedCommand(this) { Connection = this, CommandTimeout = DefaultTimeout, Transaction = Transaction };

    /// <summary>The prepared command of this text, for one caller at a time.</summary>
    internal SqliteCommand Take(string text) => _prepared.Remove(text, out var command) ? command : new SqliteCommand(text, this);

    /// <param name="command">Its reader is closed.</param>
    internal void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (_prepared.Count >= MostPrepared || !_prepared.TryAdd(command.CommandText, command))
            command.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        // With a transaction that nobody has ended it is of no use to the next.
        if (disposing && State == System.Data.ConnectionState.Open && Transaction is null && file.Keep(this))
            return;

        base.Dispose(disposing);
    }
}
