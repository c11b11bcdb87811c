using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Storage.History;

/// <summary>The numbered releases of every target.</summary>
public sealed class ReleaseHistory(Database database, TimeProvider time)
{
    private const string Select = """
        select r.district as District, r.heritage as Heritage, r.number as Number, r.run_id as RunId, r.kind as Kind, r.of_release as OfRelease,
            r.repository as Repository, r.environment as Environment, r.ref as Ref, r.sha as "Commit", r.platform_sha as PlatformCommit,
            r.image as Image, r.secrets as Secrets, r.fingerprint as Fingerprint, r.actor as Actor, r.reason as Reason, r.created_at as CreatedAt,
            r.ran_at as RanAt, run.state as State, run.cause as Cause
        from release r left join run on run.id = r.run_id
        """;

    private const string Columns = """
        insert into release (
            district, heritage, number, run_id, kind, of_release, repository, environment, ref, sha, platform_sha, image, configuration, parameters,
            secrets, fingerprint, actor, reason, created_at, ran_at)
        values (
            @district, @heritage, @number, @runId, @kind, @ofRelease, @repository, @environment, @gitRef, @commit, @platformCommit, @image,
            @configuration, @parameters, @secrets, @fingerprint, @actor, @reason, @now, @ranAt)
        on conflict (district, heritage, number) do update set
        """;

    // The district's file may have changed while the run was under way: the release is what was asked for last.
    private const string AddSql = $"""
        {Columns}
            platform_sha = excluded.platform_sha, configuration = excluded.configuration, parameters = excluded.parameters,
            secrets = excluded.secrets, fingerprint = excluded.fingerprint
        """;

    private const string ConfirmSql = $"{Columns} ran_at = excluded.ran_at, parameters = excluded.parameters";

    private const string TrimSql = """
        delete from release where id in (
            select id from (
                select id, ran_at, row_number() over (partition by district, heritage order by number desc) as place,
                    max(ran_at) over (partition by district, heritage) as newest
                from release) as ranked
            where place > @kept and (ran_at is null or ran_at < newest))
        """;

    /// <summary>
    /// Puts a release on record, with the number that follows. A run that has one keeps it, and what it asks for now is noted.
    /// </summary>
    /// <param name="release">Its number and times are not looked at.</param>
    /// <param name="known">The highest number that AWS knows of: a lost database goes on counting. 0: none.</param>
    /// <returns>The number.</returns>
    public Task<long> AddAsync(Release release, ReleaseContent content, long known, CancellationToken cancellationToken = default) =>
        database.WriteAsync(within: null, async transaction =>
        {
            var target = new { district = release.District, heritage = release.Heritage, runId = release.RunId };
            var own = await transaction.QueryAsync<long>(
                "select number from release where run_id = @runId order by number desc limit 1", target, cancellationToken);
            var newest = await transaction.QueryAsync<long>(
                "select number from release where district = @district and heritage = @heritage order by number desc limit 1",
                target,
                cancellationToken);
            var number = own is [var kept] ? kept : Math.Max(newest is [var last] ? last : 0, known) + 1;
            await transaction.ExecuteAsync(AddSql, Row(release with { Number = number, RanAt = null }, content), cancellationToken);
            return number;
        }, cancellationToken);

    /// <summary>This release is what runs, as was seen now. One that nobody remembers is put on record as it was found.</summary>
    public Task ConfirmAsync(Release release, ReleaseContent content, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(within: null, ConfirmSql, Row(release with { RanAt = time.GetUtcNow() }, content), cancellationToken);

    /// <summary>All that are kept of a target, the newest first.</summary>
    public Task<IReadOnlyList<Release>> ListAsync(DeployTarget target, CancellationToken cancellationToken = default) =>
        database.ReadAsync<Release>(
            $"{Select} where r.district = @district and r.heritage = @heritage order by r.number desc",
            new { district = target.District, heritage = target.Heritage },
            cancellationToken);

    public async Task<Release?> FindAsync(DeployTarget target, long number, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync<Release>(
            $"{Select} where r.district = @district and r.heritage = @heritage and r.number = @number",
            new { district = target.District, heritage = target.Heritage, number },
            cancellationToken)).SingleOrDefault();

    /// <returns>Null: it is not kept.</returns>
    public async Task<ReleaseContent?> ContentAsync(DeployTarget target, long number, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync<ReleaseContent>(
            """
            select configuration as Configuration, parameters as Parameters from release
            where district = @district and heritage = @heritage and number = @number
            """,
            new { district = target.District, heritage = target.Heritage, number },
            cancellationToken)).SingleOrDefault();

    /// <summary>Forgets all but the newest of each target, and never the one that runs.</summary>
    public Task<int> TrimAsync(int kept, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(within: null, TrimSql, new { kept }, cancellationToken);

    private object Row(Release release, ReleaseContent content) => new
    {
        district = release.District,
        heritage = release.Heritage,
        number = release.Number,
        runId = release.RunId,
        kind = release.Kind.ToString(),
        ofRelease = release.OfRelease,
        repository = release.Repository.ToString(),
        environment = release.Environment,
        gitRef = release.Ref.Value,
        commit = release.Commit.Value,
        platformCommit = release.PlatformCommit?.Value,
        image = release.Image,
        configuration = content.Configuration,
        parameters = content.Parameters,
        secrets = release.Secrets,
        fingerprint = release.Fingerprint,
        actor = release.Actor,
        reason = release.Reason,
        now = time.GetUtcNow(),
        ranAt = release.RanAt,
    };
}
