using Barcelona.GitOps.Core.Names;
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
                now,
            };
            await transaction.ExecuteAsync(RunSql.Insert, row, cancellationToken);
            return (await transaction.QueryAsync<Run>(
                $"{RunSql.Select} where trigger_key = @triggerKey", new { triggerKey = wanted.TriggerKey }, cancellationToken)).Single();
        }, cancellationToken);

    public Task<Run?> GetAsync(string id, CancellationToken cancellationToken = default) =>
        FirstAsync("where id = @id", new { id }, cancellationToken);

    public Task<Run?> NewestForTargetAsync(string district, string heritage, CancellationToken cancellationToken = default) =>
        FirstAsync(
            "where district = @district and heritage = @heritage order by sequence desc limit 1", new { district, heritage }, cancellationToken);

    /// <summary>Queued and running, the oldest first.</summary>
    public Task<IReadOnlyList<Run>> ActiveForTargetAsync(string district, string heritage, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>(
            $"{RunSql.Select} where district = @district and heritage = @heritage and state in ('Queued', 'Running') order by sequence",
            new { district, heritage },
            cancellationToken);

    /// <summary>Ends every other active run of the newest run's target.</summary>
    /// <param name="newest">The run that stays. Which one that is, is the caller's to say: it is not always the latest made.</param>
    /// <param name="by">The commit to name.</param>
    /// <returns>Those that were superseded now, the oldest first.</returns>
    public Task<IReadOnlyList<Run>> SupersedeOlderAsync(
        Run newest, CommitSha by, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        database.WriteAsync<IReadOnlyList<Run>>(within, async transaction =>
        {
            var row = new { district = newest.District, heritage = newest.Heritage, newest = newest.Id, by = by.Value, now = time.GetUtcNow() };
            var ids = await transaction.QueryAsync<string>(RunSql.Supersede, row, cancellationToken);
            if (ids.Count == 0)
                return [];

            var parameters = new DynamicParameters();
            var list = parameters.In("id", ids);
            return await transaction.QueryAsync<Run>($"{RunSql.Select} where id in {list} order by sequence", parameters, cancellationToken);
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
            attempt = run.Attempt,
            now = time.GetUtcNow(),
            startedAt = run.StartedAt,
            finishedAt = run.FinishedAt,
            laneId = lease.LaneId,
            token = lease.Token,
        };
        return await database.WriteAsync(
            within, transaction => transaction.ExecuteAsync(_updateSql, row, cancellationToken), cancellationToken) == 1;
    }

    /// <summary>Runs whose state GitHub has not been told, the oldest first.</summary>
    public Task<IReadOnlyList<Run>> UnreportedAsync(int max, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>(
            $"{RunSql.Select} where (reported is null or reported <> state) order by sequence limit @max", new { max }, cancellationToken);

    /// <summary>The same of one target.</summary>
    public Task<IReadOnlyList<Run>> UnreportedAsync(string district, string heritage, int max, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>(
            $"""
            {RunSql.Select}
            where district = @district and heritage = @heritage and (reported is null or reported <> state) order by sequence limit @max
            """,
            new { district, heritage, max },
            cancellationToken);

    /// <summary>The newest first, for the page.</summary>
    public Task<IReadOnlyList<Run>> RecentAsync(int max, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Run>($"{RunSql.Select} order by sequence desc limit @max", new { max }, cancellationToken);

    private async Task<Run?> FirstAsync(string where, object parameters, CancellationToken cancellationToken) =>
        (await database.ReadAsync<Run>($"{RunSql.Select} {where}", parameters, cancellationToken)).SingleOrDefault();
}
