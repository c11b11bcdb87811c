using Barcelona.GitOps.Storage.Deliveries;

namespace Barcelona.GitOps.Tests.Storage;

/// <summary>What only a database in another process can do to us.</summary>
public sealed class DeliveryLogOutageTests(PostgreSqlServer server) : StorageTest(server)
{
    [Fact]
    public async Task Connections_that_the_server_has_closed_are_replaced_without_losing_a_delivery()
    {
        await using var log = new DeliveryLog(Database, Time);
        await log.AppendAsync(Push("d-1"), Cancel);
        await ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");

        Assert.Equal(AppendResult.Accepted, await log.AppendAsync(Push("d-2"), Cancel));
    }

    [Fact]
    public async Task A_database_that_refuses_is_an_error_of_that_delivery_and_not_of_the_next()
    {
        await using var log = new DeliveryLog(Database, Time);
        await ExecuteAsync("alter table delivery rename to delivery_away");
        await Assert.ThrowsAsync<DeliveryNotStoredException>(() => log.AppendAsync(Push("d-1"), Cancel));

        await ExecuteAsync("alter table delivery_away rename to delivery");
        Assert.Equal(AppendResult.Accepted, await log.AppendAsync(Push("d-1"), Cancel));
    }

    [Fact]
    public async Task Two_dispatchers_in_transactions_take_different_deliveries()
    {
        await using var log = new DeliveryLog(Database, Time);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => log.AppendAsync(Push($"d-{i}"), Cancel)));

        await using var one = await Database.BeginAsync(Cancel);
        await using var other = await Database.BeginAsync(Cancel);
        var first = await log.TakeNewAsync(10, one, Cancel);
        var second = await log.TakeNewAsync(10, other, Cancel);

        Assert.Equal(20, first.Concat(second).Select(d => d.Id).Distinct().Count());
    }

    private Delivery Push(string id) => new(id, "push", "{}"u8.ToArray(), Now);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await Database.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
