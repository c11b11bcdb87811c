using System.Data.Common;
using Barcelona.GitOps.Storage.Schema;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Barcelona.GitOps.Storage;

/// <summary>Applies the migrations that the database has not seen, all in one transaction, one process at a time.</summary>
internal sealed class Migrator(Database database)
{
    /// <summary>SQLITE_ERROR, which is what it says of a table that is not there.</summary>
    private const int NoSuchTable = 1;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var known = Migrations.For(database.Dialect).Count;
        IReadOnlyList<long> versions;
        try
        {
            versions = await database.ReadAsync<long>("select version from schema_version", parameters: null, cancellationToken);
        }
        catch (DbException absent) when (absent is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable }
            or SqliteException { SqliteErrorCode: NoSuchTable })
        {
            throw new NoDatabaseException("The database has no tables of this service. Storage__ConnectionString is to say what the service's says.");
        }

        var found = versions.Count == 0 ? 0 : versions.Max();
        if (found > known)
            throw new SchemaTooNewException(found, known);

        if (found < known)
            throw new NoDatabaseException(
                $"The database has schema version {found}, and this version of barcelona works with {known}: "
                + "start the service of this version first.");
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var migrations = Migrations.For(database.Dialect);
        await using var transaction = await database.BeginAsync(cancellationToken);
        await transaction.ExecuteAsync(database.Dialect.LockMigrations, parameters: null, cancellationToken);
        await transaction.ExecuteAsync("create table if not exists schema_version (version bigint primary key)", parameters: null, cancellationToken);
        var versions = await transaction.QueryAsync<long>("select version from schema_version", parameters: null, cancellationToken);
        var found = versions.Count == 0 ? 0 : versions.Max();
        if (found > migrations.Count)
            throw new SchemaTooNewException(found, migrations.Count);

        for (var version = found + 1; version <= migrations.Count; version++)
        {
            await transaction.ExecuteAsync(migrations[(int)version - 1], parameters: null, cancellationToken);
            await transaction.ExecuteAsync("insert into schema_version (version) values (@version)", new { version }, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
