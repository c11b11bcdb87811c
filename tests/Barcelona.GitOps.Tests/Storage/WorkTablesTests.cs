using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Storage.Refs;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class PostgreSqlWorkTablesTests(PostgreSqlServer server) : WorkTablesTests(server);

public sealed class SqliteWorkTablesTests() : WorkTablesTests(server: null);

public abstract class WorkTablesTests(PostgreSqlServer? server) : StorageTest(server)
{
    private static readonly RepositoryName Shop = RepositoryName.Parse("acme/shop");
    private static readonly GitRef Main = GitRef.Branch("main");

    private const string Listener = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:listener/app/demo/1/2";

    [Fact]
    public async Task An_event_is_pending_until_it_is_handled_and_added_once()
    {
        var events = new RefEvents(Database, Time);
        await events.AddAsync([Push("d-1"), Push("d-2") with { Actor = null }, Push("d-1")], cancellationToken: Cancel);
        await events.AddAsync([Push("d-1")], cancellationToken: Cancel);

        var pending = await events.PendingAsync(Shop, Main, Cancel);
        Assert.Equal([Push("d-1"), Push("d-2") with { Actor = null }], pending.Select(e => e with { Id = 0 }));
        await events.MarkHandledAsync([pending[0].Id], cancellationToken: Cancel);

        Assert.Equal(["d-2"], (await events.PendingAsync(Shop, Main, Cancel)).Select(e => e.DeliveryId));
        Assert.Empty(await events.PendingAsync(Shop, GitRef.Branch("other"), Cancel));
        Assert.Equal(1, await events.TrimAsync(Now.AddDays(1), Cancel));
    }

    [Fact]
    public async Task More_events_than_one_statement_takes_are_all_added()
    {
        var events = new RefEvents(Database, Time);
        await events.AddAsync(Enumerable.Range(0, 1_001).Select(number => Push($"d-{number:0000}")), cancellationToken: Cancel);

        Assert.Equal(
            Enumerable.Range(0, 1_001).Select(number => $"d-{number:0000}"),
            (await events.PendingAsync(Shop, Main, Cancel)).Select(e => e.DeliveryId));
    }

    [Fact]
    public async Task A_repository_is_the_same_however_it_is_capitalized()
    {
        var events = new RefEvents(Database, Time);
        await events.AddAsync([Push("d-1") with { Repository = RepositoryName.Parse("Acme/Shop") }], cancellationToken: Cancel);
        Assert.Single(await events.PendingAsync(Shop, Main, Cancel));

        var repositories = new Repositories(Database, Time);
        var first = new KnownRepository { Name = RepositoryName.Parse("Acme/Shop"), Installation = 1, DefaultBranch = "main" };
        await repositories.UpsertAsync(first, cancellationToken: Cancel);
        await repositories.UpsertAsync(new() { Name = Shop, Installation = 2, IsPrivate = true }, cancellationToken: Cancel);

        var known = Assert.Single(await repositories.ListAsync(Cancel));
        Assert.Equal(new() { Name = Shop, Installation = 2, DefaultBranch = "main", IsPrivate = true }, known);
        Assert.Equal(known, await repositories.FindAsync(RepositoryName.Parse("ACME/SHOP"), Cancel));
        await repositories.RemoveAsync(Shop, cancellationToken: Cancel);
        Assert.Empty(await repositories.ListAsync(Cancel));
    }

    [Fact]
    public async Task The_state_of_a_ref_is_the_one_last_set()
    {
        var states = new RefStates(Database);
        Assert.Null(await states.GetAsync(Shop, Main, Cancel));
        await states.SetAsync(new(Shop, Main, new('a', 40), Now), cancellationToken: Cancel);
        var last = new RefState(Shop, Main, new('b', 40), Now.AddSeconds(1));
        await states.SetAsync(last, cancellationToken: Cancel);

        Assert.Equal(last, await states.GetAsync(Shop, Main, Cancel));
        Assert.Equal([last], await states.ListAsync(Shop, Cancel));
        await states.RemoveAsync(Shop, Main, cancellationToken: Cancel);
        Assert.Empty(await states.ListAsync(Shop, Cancel));
    }

    [Fact]
    public async Task Of_many_states_all_are_noted_or_none()
    {
        var states = new RefStates(Database);
        IEnumerable<RefState> Broken()
        {
            yield return new RefState(Shop, Main, new('a', 40), Now);
            throw new InvalidOperationException("The process ends here.");
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => states.SetManyAsync(Broken(), Cancel));
        Assert.Empty(await states.ListAsync(Shop, Cancel));

        await states.SetManyAsync([new(Shop, Main, new('a', 40), Now), new(Shop, GitRef.Tag("v1"), new('b', 40), Now)], Cancel);
        Assert.Equal(2, (await states.ListAsync(Shop, Cancel)).Count);
    }

    [Fact]
    public async Task A_priority_belongs_to_whoever_was_first_until_it_runs_out()
    {
        var reservations = new PriorityReservations(Database, Time);
        var mine = new PriorityReservation(Listener, 100, "default/shop", "web", Now.AddMinutes(10));
        Assert.True(await reservations.ReserveAsync(mine, cancellationToken: Cancel));
        var longer = mine with { Until = Now.AddMinutes(20) };
        Assert.True(await reservations.ReserveAsync(longer, cancellationToken: Cancel));
        Assert.False(await reservations.ReserveAsync(mine with { Owner = "default/blog" }, cancellationToken: Cancel));
        Assert.True(await reservations.ReserveAsync(longer with { Slot = "api" }, cancellationToken: Cancel));
        Assert.True(await reservations.ReserveAsync(mine with { Owner = "default/blog", Priority = 101 }, cancellationToken: Cancel));

        Assert.Equal([100L, 101L], (await reservations.ListAsync([Listener], Cancel)).Select(r => r.Priority));
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([longer with { Slot = "api" }], await reservations.ListAsync([Listener, "other"], Cancel));

        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(await reservations.ListAsync([Listener], Cancel));
        Assert.True(await reservations.ReserveAsync(mine with { Owner = "default/blog", Until = Now.AddMinutes(1) }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Of_many_that_want_the_same_priority_one_gets_it()
    {
        var reservations = new PriorityReservations(Database, Time);

        var got = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            reservations.ReserveAsync(new(Listener, 100, $"default/{i}", "web", Now.AddMinutes(1)), cancellationToken: Cancel)));

        Assert.Single(got, g => g);
    }

    private RefEvent Push(string delivery) => new()
    {
        DeliveryId = delivery,
        Repository = Shop,
        Installation = 1,
        Ref = Main,
        Commit = new('a', 40),
        Kind = RefEventKind.Push,
        Message = "Fix it",
        Actor = "octocat",
        DefaultBranch = "main",
        ReceivedAt = Now,
    };
}
