using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Storage.Refs;
using Barcelona.GitOps.Storage.Work;
using Dapper;

namespace Barcelona.GitOps.Storage.History;

/// <summary>The deploys: one row for each.</summary>
public sealed class Runs(Database database, TimeProvider time)
{
    private readonly string _updateSql = RunSql.Update(database.Dialect);

    /// <summary>Makes the run, or gives the one that the same trigger made before.</summary>
    public Task<Run> CreateAsync(NewRun wanted, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        database.WriteAsync(within, async transaction =>
        {
            var now = time.GetUtcNow();
            var row = new
            {
                id = Guid.CreateVersion7(now).ToString("N"),
                triggerKey = wanted.TriggerKey,
                district = wanted.District,
                heritage = wanted.Heritage,
                repository = wanted.Repository.ToString(),
                installation = wanted.Installation,
                environment = wanted.Environment,
                gitRef = wanted.Ref.Value,
                commit = wanted.Commit.Value,
                actor = wanted.Actor,
                kind = wanted.Kind.ToString(),
                reason = wanted.Reason,
                checkCommit = wanted.CheckCommit?.Value,
                ofRelease = wanted.OfRelease,
                hold = wanted.Hold?.Value,
                restarts = wanted.Restarts,
                image = wanted.PinnedImage,
                now,
            };
            await transaction.ExecuteAsync(RunSql.Insert, row, cancellationToken);
            return (await transaction.QueryAsync<Run>(
                $"{RunSql.Select} where trigger_key = @triggerKey", new { triggerKey = wanted.TriggerKey }, cancellationToken)).Single();
        }, cancellationToken);

    public Task<Run?> GetAsync(string id, CancellationToken cancellationToken = default) =>
        FirstAsync("where id = @id", new { id }, cancellationToken);

    /// <summary>The newest deploy: rollbacks and restarts are nothing that git asked for.</summary>
    public Task<Run?> NewestForTargetAsync(string district, string heritage, CancellationToken cancellationToken = default) =>
        FirstAsync(
            "where district = @district and heritage = @heritage and kind = 'Deploy' order by sequence desc limit 1",
            new { district, heritage },
            cancellationToken);

    /// <summary>Every target that ever had a run, as <c>district/heritage</c>.</summary>
    public Task<IReadOnlyList<string>> TargetsAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync<string>(
            "select distinct district || '/' || heritage from run where heritage <> '' order by 1", parameters: null, cancellationToken);

    /// <summary>Ends what waits, and notes of what is under way that it is to stop: its worker sees it at its next pass.</summary>
    /// <param name="cause">One sentence, for those that had not begun.</param>
    /// <param name="runId">Only this one; empty: all of the target.</param>
    public Task CancelAsync(
        (string District, string Heritage) target, string? actor, string cause, string runId = "", CancellationToken cancellationToken = default) =>
        database.WriteAsync(within: null, async transaction =>
        {
            // In this order: a worker that begins in between finds the wish.
            var parameters = new { district = target.District, heritage = target.Heritage, actor, cause, runId, now = time.GetUtcNow() };
            await transaction.ExecuteAsync(RunSql.AskToCancel, parameters, cancellationToken);
            return await transaction.ExecuteAsync(RunSql.CancelQueued, parameters, cancellationToken);
        }, cancellationToken);

    /// <summary>Nothing was asked of its target since, of whatever kind.</summary>
    public async Task<bool> IsNewestAsync(Run run, CancellationToken cancellationToken = default) =>
        await NewestOfTargetAsync(run.District, run.Heritage, 1, cancellationToken) is [var newest] && newest.Id == run.Id;

    /// <summary>
    /// Who pushed these commits, as far as runs and news of their refs know. Whoever asked for one of them again, or by name, did not; and what
    /// the sweep found names nobody. A commit of which nobody is known is left out.
    /// </summary>
    public async Task<IReadOnlyList<Pusher>> PushersOfAsync(
        RepositoryName repository, IReadOnlyCollection<string> commits, CancellationToken cancellationToken = default)
    {
        var found = new List<Pusher>();
        foreach (var chunk in commits.Chunk(SqlList.ChunkSize))
        {
            var parameters = new DynamicParameters(new { repository = StoredName.Of(repository), again = Run.ReRun });
            var list = parameters.In("sha", chunk);
            found.AddRange(await database.ReadAsync<Pusher>(
                $"""
                select sha as "Commit", actor as Login from run
                where sha in {list} and lower(repository) = @repository and kind = 'Deploy' and actor is not null
                  and (reason is null or reason <> @again)
                union
                select sha as "Commit", actor as Login from ref_event
                where sha in {list} and repository = @repository and kind = 'Push' and actor is not null
                """,
                parameters,
                cancellationToken));
        }

        return found;
    }

    /// <summary>The newest that got there.</summary>
    public Task<Run?> NewestSucceededAsync(string district, string heritage, CancellationToken cancellationToken = default) =>
        FirstAsync(
            "where district = @district and heritage = @heritage and state = 'Succeeded' order by sequence desc limit 1",
            new { district, heritage },
            cancellationToken);

    /// <summary>Queued and running deploys to a district, whatever the heritage; not those of the district itself.</summary>
    public Task<IReadOnlyList<Run>> ActiveInDistrictAsync(string district, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>(
            $"{RunSql.Select} where district = @district and heritage <> '' and state in ('Queued', 'Running') order by sequence",
            new { district },
            cancellationToken);

    /// <summary>The newest deploy of each environment that a commit was deployed to.</summary>
    public async Task<IReadOnlyList<Run>> NewestOfCommitAsync(
        RepositoryName repository, CommitSha commit, CancellationToken cancellationToken = default)
    {
        var all = await database.ReadAsync<Run>(
            $"{RunSql.Select} where sha = @commit and kind = 'Deploy' order by sequence desc", new { commit = commit.Value }, cancellationToken);
        return [.. all.Where(r => r.Repository == repository).DistinctBy(r => (r.District, r.Heritage, r.Environment))];
    }

    /// <summary>Queued and running, of whatever target.</summary>
    public async Task<IReadOnlyList<Run>> ActiveOfCommitAsync(
        RepositoryName repository, CommitSha commit, CancellationToken cancellationToken = default)
    {
        var active = await database.ReadAsync<Run>(
            $"{RunSql.Select} where sha = @commit and state in ('Queued', 'Running') order by sequence",
            new { commit = commit.Value },
            cancellationToken);
        return [.. active.Where(r => r.Repository == repository)];
    }

    /// <summary>The districts that a platform repository has had runs for.</summary>
    public Task<IReadOnlyList<string>> DistrictsOfAsync(RepositoryName platform, CancellationToken cancellationToken = default) =>
        database.ReadAsync<string>(
            "select distinct district from run where heritage = '' and lower(repository) = @repository order by district",
            new { repository = StoredName.Of(platform) },
            cancellationToken);

    /// <summary>By environment of a repository: the district of its newest run.</summary>
    public async Task<ImmutableDictionary<string, string>> LastDistrictsAsync(
        RepositoryName repository, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync<Run>(
            $"""
            {RunSql.Select} where sequence in (
                select max(sequence) from run where heritage <> '' and lower(repository) = @repository group by environment)
            """,
            new { repository = StoredName.Of(repository) },
            cancellationToken)).ToImmutableDictionary(r => r.Environment, r => r.District);

    /// <summary>The newest deploy from a ref, whatever its target.</summary>
    public Task<Run?> NewestOfRefAsync(RepositoryName repository, GitRef gitRef, CancellationToken cancellationToken = default) =>
        FirstAsync(
            "where lower(repository) = @repository and ref = @gitRef and kind = 'Deploy' order by sequence desc limit 1",
            new { repository = StoredName.Of(repository), gitRef = gitRef.Value },
            cancellationToken);

    /// <summary>Whether a ref has ever been deployed, or was to be.</summary>
    public async Task<bool> AnyOfRefAsync(RepositoryName repository, GitRef gitRef, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync<string>(
            "select id from run where lower(repository) = @repository and ref = @gitRef limit 1",
            new { repository = StoredName.Of(repository), gitRef = gitRef.Value },
            cancellationToken)).Count > 0;

    /// <summary>Queued and running, the oldest first.</summary>
    public Task<IReadOnlyList<Run>> ActiveForTargetAsync(string district, string heritage, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>(
            $"{RunSql.Select} where district = @district and heritage = @heritage and state in ('Queued', 'Running') order by sequence",
            new { district, heritage },
            cancellationToken);

    /// <summary>So many of the run's target, of whatever kind, the newest first, that who presses re-run more often has no newer push under it.</summary>
    public Task<IReadOnlyList<Run>> RecentOfTargetAsync(Run run, CancellationToken cancellationToken = default) =>
        NewestOfTargetAsync(run.District, run.Heritage, max: 50, cancellationToken);

    /// <summary>Of whatever kind, the newest first.</summary>
    public Task<IReadOnlyList<Run>> NewestOfTargetAsync(string district, string heritage, int max, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>(
            $"{RunSql.Select} where district = @district and heritage = @heritage order by sequence desc limit @max",
            new { district, heritage, max },
            cancellationToken);

    /// <summary>
    /// Ends these active runs. Those that were seen, and no others: a run made a moment later may be newer than the one that stays.
    /// </summary>
    /// <param name="by">The commit to name.</param>
    /// <returns>How many were superseded now: none when the lease is lost.</returns>
    public Task<int> SupersedeAsync(
        IReadOnlyCollection<Run> overtaken, CommitSha by, Lease lease, CancellationToken cancellationToken = default) =>
        database.WriteAsync(within: null, async transaction =>
        {
            var superseded = 0;
            foreach (var chunk in overtaken.Select(r => r.Id).Order(StringComparer.Ordinal).Chunk(SqlList.ChunkSize))
            {
                var parameters = new DynamicParameters(new { by = by.Value, laneId = lease.LaneId, token = lease.Token, now = time.GetUtcNow() });
                var sql = RunSql.Supersede(database.Dialect, parameters.In("id", chunk));
                superseded += await transaction.ExecuteAsync(sql, parameters, cancellationToken);
            }

            return superseded;
        }, cancellationToken);

    /// <summary>Writes what may change of a run.</summary>
    /// <returns>False, and nothing is written, when the lease is lost or when the run has meanwhile ended in another state: read it again.</returns>
    public async Task<bool> UpdateAsync(
        Run run, Lease lease, DatabaseTransaction? within = null, CancellationToken cancellationToken = default)
    {
        var row = new
        {
            id = run.Id,
            platformCommit = run.PlatformCommit?.Value,
            image = run.Image,
            state = run.State.ToString(),
            supersededBy = run.SupersededBy?.Value,
            cause = run.Cause,
            detail = run.Detail,
            checkRunId = run.CheckRunId,
            checkAttemptedAt = run.CheckAttemptedAt,
            deploymentId = run.DeploymentId,
            deploymentAttemptedAt = run.DeploymentAttemptedAt,
            reported = run.Reported?.ToString(),
            tellAt = run.TellAt,
            attempt = run.Attempt,
            now = time.GetUtcNow(),
            startedAt = run.StartedAt,
            finishedAt = run.FinishedAt,
            laneId = lease.LaneId,
            token = lease.Token,
        };
        return await database.ExecuteAsync(within, _updateSql, row, cancellationToken) == 1;
    }

    /// <summary>Runs whose state GitHub has not been told, the oldest first; but what it refused to hear only when its time has come.</summary>
    public Task<IReadOnlyList<Run>> UnreportedAsync(int max, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>(
            $"{RunSql.Select} where {RunSql.IsToBeTold} order by sequence limit @max", new { max, now = time.GetUtcNow() }, cancellationToken);

    /// <summary>The same of one target.</summary>
    public Task<IReadOnlyList<Run>> UnreportedAsync(string district, string heritage, int max, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>(
            $"""
            {RunSql.Select}
            where district = @district and heritage = @heritage and {RunSql.IsToBeTold} order by sequence limit @max
            """,
            new { district, heritage, max, now = time.GetUtcNow() },
            cancellationToken);

    /// <summary>Forgets runs that ended long ago and of which GitHub has heard the end.</summary>
    public Task<int> TrimAsync(DateTimeOffset olderThan, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            within: null, "delete from run where finished_at < @olderThan and reported = state", new { olderThan }, cancellationToken);

    /// <summary>The newest first, for the page.</summary>
    public Task<IReadOnlyList<Run>> RecentAsync(int max, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>($"{RunSql.Select} order by sequence desc limit @max", new { max }, cancellationToken);

    private async Task<Run?> FirstAsync(string where, object parameters, CancellationToken cancellationToken) =>
        (await database.ReadAsync<Run>($"{RunSql.Select} {where}", parameters, cancellationToken)).SingleOrDefault();
}
