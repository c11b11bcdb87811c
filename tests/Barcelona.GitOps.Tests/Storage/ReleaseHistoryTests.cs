using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class PostgreSqlReleaseHistoryTests(PostgreSqlServer server) : ReleaseHistoryTests(server);

public sealed class SqliteReleaseHistoryTests() : ReleaseHistoryTests(server: null);

public abstract class ReleaseHistoryTests(PostgreSqlServer? server) : StorageTest(server)
{
    private static readonly DeployTarget Shop = new("default", "shop"), Blog = new("default", "blog");

    private ReleaseHistory Releases => field ??= new(Database, Time);

    [Fact]
    public async Task Numbers_count_from_one_for_each_target_and_a_run_keeps_its_own()
    {
        List<long> numbers = [];
        foreach (var (target, run) in new[] { (Shop, "a"), (Shop, "b"), (Blog, "c"), (Shop, "a"), (Shop, "d") })
            numbers.Add(await AddAsync(target, run));

        Assert.Equal([1, 2, 1, 1, 3], numbers);
        Assert.Equal([3, 2, 1], (await Releases.ListAsync(Shop, Cancel)).Select(r => r.Number));
    }

    [Fact]
    public async Task What_AWS_knows_goes_on_counting_after_the_database_was_lost()
    {
        Assert.Equal(42, await AddAsync(Shop, "a", known: 41));
        Assert.Equal(43, await AddAsync(Shop, "b", known: 3));
    }

    [Fact]
    public async Task Everything_is_read_back_and_what_a_run_asks_for_last_holds()
    {
        var first = Of(Shop, "a") with
        {
            Kind = RunKind.Rollback,
            OfRelease = 7,
            PlatformCommit = Sha('b'),
            Actor = "octocat",
            Reason = "rollback to 7",
        };
        await Releases.AddAsync(first, new("{}", "{}"), known: 0, Cancel);
        await Releases.AddAsync(first with { Fingerprint = "g" }, new("""{"app":1}""", """{"Hold":"x"}"""), known: 0, Cancel);

        Assert.Equal(first with { Number = 1, Fingerprint = "g" }, await Releases.FindAsync(Shop, 1, Cancel));
        Assert.Equal(new ReleaseContent("""{"app":1}""", """{"Hold":"x"}"""), await Releases.ContentAsync(Shop, 1, Cancel));
        Assert.Null(await Releases.FindAsync(Shop, 2, Cancel));
    }

    [Fact]
    public async Task One_that_nobody_remembers_is_put_on_record_when_it_is_seen_to_run()
    {
        await Releases.ConfirmAsync(Of(Shop, "a") with { Number = 12 }, new("{}", "{}"), Cancel);

        Assert.Equal((12, Now), ((await Releases.ListAsync(Shop, Cancel)).Single().Number, (await Releases.FindAsync(Shop, 12, Cancel))?.RanAt));
        Assert.Equal(13, await AddAsync(Shop, "b"));
    }

    [Fact]
    public async Task Of_each_target_the_newest_are_kept_and_always_the_one_that_runs()
    {
        for (var i = 1; i <= 5; i++)
        {
            await AddAsync(Shop, $"shop {i}");
            await AddAsync(Blog, $"blog {i}");
            Time.Advance(TimeSpan.FromMinutes(1));
            if (i <= 2)
                await Releases.ConfirmAsync(Of(Shop, $"shop {i}") with { Number = i }, new("{}", "{}"), Cancel);
        }

        await Releases.TrimAsync(kept: 2, Cancel);

        Assert.Equal([5, 4, 2], (await Releases.ListAsync(Shop, Cancel)).Select(r => r.Number));
        Assert.Equal([5, 4], (await Releases.ListAsync(Blog, Cancel)).Select(r => r.Number));
    }

    private Task<long> AddAsync(DeployTarget target, string run, long known = 0) =>
        Releases.AddAsync(Of(target, run), new("{}", "{}"), known, Cancel);

    private Release Of(DeployTarget target, string run) => new()
    {
        District = target.District,
        Heritage = target.Heritage,
        Number = 0,
        RunId = run,
        Repository = RepositoryName.Parse("acme/shop"),
        Environment = "production",
        Ref = GitRef.Branch("main"),
        Commit = Sha('a'),
        Image = "acme/shop:1",
        Secrets = "{}",
        Fingerprint = "f",
        CreatedAt = Now,
    };

    private static CommitSha Sha(char digit) => CommitSha.Parse(new string(digit, 40));
}
