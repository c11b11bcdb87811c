using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Notifications;
using Barcelona.GitOps.Storage.Schema;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class PostgreSqlMigrationTests(PostgreSqlServer server) : MigrationTests(server);

public sealed class SqliteMigrationTests() : MigrationTests(server: null);

public abstract class MigrationTests(PostgreSqlServer? server) : StorageTest(server)
{
    private long[] Known => [.. Enumerable.Range(1, Migrations.For(Database.Dialect).Count).Select(v => (long)v)];

    protected override Task PrepareAsync() => Task.CompletedTask;

    [Fact]
    public async Task Many_processes_that_start_at_once_migrate_once()
    {
        var databases = Enumerable.Range(0, 8).Select(_ => Database.Connect(Options)).ToArray();
        await Task.WhenAll(databases.Select(d => Task.Run(() => d.MigrateAsync(Cancel), Cancel)));
        foreach (var database in databases)
            await database.DisposeAsync();

        Assert.Equal(Known, (await Database.ReadAsync<long>("select version from schema_version", parameters: null, Cancel)).Order());
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_as_it_is()
    {
        await Database.MigrateAsync(Cancel);
        await using (var transaction = await Database.BeginAsync(Cancel))
        {
            await transaction.ExecuteAsync("insert into schema_version (version) values (99)", parameters: null, Cancel);
            await transaction.CommitAsync(Cancel);
        }

        var refused = await Assert.ThrowsAsync<SchemaTooNewException>(() => Database.MigrateAsync(Cancel));

        Assert.Equal((99, Known.Length), (refused.Found, refused.Known));
        Assert.Contains("schema version 99", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Start that version or a later one", refused.Message, StringComparison.Ordinal);
        Assert.Equal([.. Known, 99L], (await Database.ReadAsync<long>("select version from schema_version", parameters: null, Cancel)).Order());
    }

    [Fact]
    public async Task What_the_first_version_stored_is_kept_and_names_nobody()
    {
        await using (var transaction = await Database.BeginAsync(Cancel))
        {
            await transaction.ExecuteAsync(Migrations.For(Database.Dialect)[0], parameters: null, Cancel);
            await transaction.ExecuteAsync(
                """
                create table schema_version (version bigint primary key);
                insert into schema_version (version) values (1);
                insert into run (id, trigger_key, district, heritage, repository, installation, environment, ref, sha, state, attempt, created_at, updated_at)
                values ('1', 'a', 'default', 'shop', 'acme/shop', 1, 'production', 'refs/heads/main', @commit, 'Succeeded', 1, 0, 0)
                """,
                new { commit = new string('a', 40) },
                Cancel);
            await transaction.CommitAsync(Cancel);
        }

        await Database.MigrateAsync(Cancel);

        var run = await new Runs(Database, Time).GetAsync("1", Cancel);
        Assert.Equal(("shop", null), (run?.Heritage, run?.Actor));
        Assert.Empty(await new NoticeLog(Database).DistrictsAsync(Cancel));
    }

    [Fact]
    public async Task Ping_answers()
    {
        await Database.PingAsync(Cancel);
    }
}
