using Barcelona.GitOps.Storage.Schema;

namespace Barcelona.GitOps.Storage;

/// <summary>Applies the migrations that the database has not seen, all in one transaction, one process at a time.</summary>
internal sealed class Migrator(Database database)
{
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
