using Barcelona.GitOps.Storage;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class PostgreSqlMigrationTests(PostgreSqlServer server) : MigrationTests(server);

public sealed class SqliteMigrationTests() : MigrationTests(server: null);

public abstract class MigrationTests(PostgreSqlServer? server) : StorageTest(server)
{
    protected override Task PrepareAsync() => Task.CompletedTask;

    [Fact]
    public async Task Many_processes_that_start_at_once_migrate_once()
    {
        var databases = Enumerable.Range(0, 8).Select(_ => Database.Connect(Options)).ToArray();
        await Task.WhenAll(databases.Select(d => Task.Run(() => d.MigrateAsync(Cancel), Cancel)));
        foreach (var database in databases)
            await database.DisposeAsync();

        Assert.Equal([1L], await Database.ReadAsync<long>("select version from schema_version", parameters: null, Cancel));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_as_it_is()
    {
        await Database.MigrateAsync(Cancel);
        await using (var transaction = await Database.BeginAsync(Cancel))
        {
            await transaction.ExecuteAsync("insert into schema_version (version) values (7)", parameters: null, Cancel);
            await transaction.CommitAsync(Cancel);
        }

        var refused = await Assert.ThrowsAsync<SchemaTooNewException>(() => Database.MigrateAsync(Cancel));

        Assert.Equal((7, 1), (refused.Found, refused.Known));
        Assert.Contains("schema version 7", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Start that version or a later one", refused.Message, StringComparison.Ordinal);
        Assert.Equal([1L, 7L], (await Database.ReadAsync<long>("select version from schema_version", parameters: null, Cancel)).Order());
    }

    [Fact]
    public async Task Ping_answers()
    {
        await Database.PingAsync(Cancel);
    }
}
