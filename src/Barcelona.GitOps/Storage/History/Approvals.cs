using Barcelona.GitOps.Storage.Refs;

namespace Barcelona.GitOps.Storage.History;

public sealed record Approval
{
    /// <summary>Who said yes.</summary>
    public required string Actor { get; init; }

    public required DateTimeOffset GivenAt { get; init; }
}

/// <summary>Who let which commit go to which environment. Of a lost database nothing remains, and somebody is asked again.</summary>
public sealed class Approvals(Database database, TimeProvider time)
{
    private const string GiveSql = """
        insert into approval (repository, environment, sha, actor, given_at)
        values (@repository, @environment, @commit, @actor, @now)
        on conflict (repository, environment, sha) do update set actor = excluded.actor, given_at = excluded.given_at
        """;

    public Task GiveAsync(Run run, string actor, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            within,
            GiveSql,
            new
            {
                repository = StoredName.Of(run.Repository),
                environment = run.Environment,
                commit = run.Commit.Value,
                actor,
                now = time.GetUtcNow(),
            },
            cancellationToken);

    /// <param name="since">Older ones have expired.</param>
    public async Task<Approval?> FindAsync(Run run, DateTimeOffset since, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync<Approval>(
            """
            select actor as Actor, given_at as GivenAt from approval
            where repository = @repository and environment = @environment and sha = @commit and given_at >= @since
            """,
            new { repository = StoredName.Of(run.Repository), environment = run.Environment, commit = run.Commit.Value, since },
            cancellationToken)).SingleOrDefault();

    public Task<int> TrimAsync(DateTimeOffset olderThan, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(within: null, "delete from approval where given_at < @olderThan", new { olderThan }, cancellationToken);
}
