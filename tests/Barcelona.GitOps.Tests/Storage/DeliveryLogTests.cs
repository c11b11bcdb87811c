using System.Text;
using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Storage.Deliveries;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class PostgreSqlDeliveryLogTests(PostgreSqlServer server) : DeliveryLogTests(server);

public sealed class SqliteDeliveryLogTests() : DeliveryLogTests(server: null);

public abstract class DeliveryLogTests(PostgreSqlServer? server) : StorageTest(server)
{
    [Fact]
    public async Task A_delivery_that_is_sent_again_is_a_duplicate()
    {
        await using var log = new DeliveryLog(Database, Time);

        Assert.Equal(AppendResult.Accepted, await log.AppendAsync(Push("d-1"), Cancel));
        Assert.Equal(AppendResult.Duplicate, await log.AppendAsync(Push("d-1"), Cancel));
        Assert.Single(await log.TakeNewAsync(10, cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_thousand_at_once_are_each_accepted_exactly_once()
    {
        await using var log = new DeliveryLog(Database, Time);

        // Each id twice, so that duplicates meet in the same group and in different ones.
        var results = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => i % 1000).Select(async id =>
            (Id: id, Result: await log.AppendAsync(Push($"d-{id}"), Cancel))));

        Assert.Equal(1000, results.Where(r => r.Result == AppendResult.Accepted).Select(r => r.Id).Distinct().Count());
        Assert.Equal(1000, results.Count(r => r.Result == AppendResult.Duplicate));
        Assert.Equal(1000, (await log.TakeNewAsync(2000, cancellationToken: Cancel)).Count);
    }

    [Fact]
    public async Task Bodies_come_back_byte_for_byte()
    {
        await using var log = new DeliveryLog(Database, Time);
        var random = new byte[100_000];
        new Random(1).NextBytes(random);
        byte[][] bodies = [[], "{}"u8.ToArray(), Encoding.UTF8.GetBytes(new string('x', 1_000_000)), random];
        for (var i = 0; i < bodies.Length; i++)
            await log.AppendAsync(new($"d-{i}", "push", bodies[i], Now.AddSeconds(i)), Cancel);

        Assert.Equal(bodies, (await log.TakeNewAsync(10, cancellationToken: Cancel)).Select(d => d.Body));
    }

    [Fact]
    public async Task What_is_handled_is_not_taken_again_but_stays_known()
    {
        await using var log = new DeliveryLog(Database, Time);
        foreach (var id in new[] { "d-1", "d-2", "d-3" })
        {
            await log.AppendAsync(Push(id), Cancel);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await log.TakeNewAsync(2, cancellationToken: Cancel);
        Assert.Equal(["d-1", "d-2"], first.Select(d => d.Id));
        await log.MarkHandledAsync([.. first.Select(d => d.Id)], "looked at", cancellationToken: Cancel);

        Assert.Equal(["d-3"], (await log.TakeNewAsync(10, cancellationToken: Cancel)).Select(d => d.Id));
        Assert.Equal(["d-1", "d-3"], (await log.KnownAsync(["d-1", "d-3", "d-4"], Cancel)).Order());
        Assert.True(await log.KnowsAsync("d-2", Cancel));
        Assert.False(await log.KnowsAsync("d-4", Cancel));
    }

    [Fact]
    public async Task Marking_that_is_not_committed_never_happened()
    {
        await using var log = new DeliveryLog(Database, Time);
        await log.AppendAsync(Push("d-1"), Cancel);

        await using (var transaction = await Database.BeginAsync(Cancel))
        {
            Assert.Single(await log.TakeNewAsync(10, transaction, Cancel));
            await log.MarkHandledAsync(["d-1"], "then the worker died", transaction, Cancel);
        }

        Assert.Single(await log.TakeNewAsync(10, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Only_handled_deliveries_are_forgotten()
    {
        await using var log = new DeliveryLog(Database, Time);
        await log.AppendAsync(Push("handled"), Cancel);
        await log.AppendAsync(Push("waiting"), Cancel);
        await log.MarkHandledAsync(["handled"], "looked at", cancellationToken: Cancel);

        Assert.Equal(0, await log.TrimAsync(Now, Cancel));
        Assert.Equal(1, await log.TrimAsync(Now.AddDays(7), Cancel));
        Assert.Equal(["waiting"], (await log.TakeNewAsync(10, cancellationToken: Cancel)).Select(d => d.Id));
    }

    [Fact]
    public async Task A_restart_keeps_everything_that_was_acknowledged()
    {
        await using (var log = new DeliveryLog(Database, Time))
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => log.AppendAsync(Push($"d-{i}"), Cancel)));

        await using var reopened = Database.Connect(Options);
        await reopened.MigrateAsync(Cancel);
        await using var again = new DeliveryLog(reopened, Time);

        Assert.Equal(50, (await again.TakeNewAsync(100, cancellationToken: Cancel)).Count);
        Assert.Equal(AppendResult.Duplicate, await again.AppendAsync(Push("d-7"), Cancel));
    }

    [Fact]
    public async Task Stopping_finishes_what_was_taken()
    {
        var log = new DeliveryLog(Database, Time);
        var waiting = Enumerable.Range(0, 100).Select(i => log.AppendAsync(Push($"d-{i}"), Cancel)).ToArray();
        await log.DisposeAsync();

        var results = await Task.WhenAll(waiting);
        Assert.All(results, r => Assert.Equal(AppendResult.Accepted, r));
    }

    private Delivery Push(string id) => new(id, "push", "{\"ref\":\"refs/heads/main\"}"u8.ToArray(), Now);
}
