namespace Barcelona.GitOps.Storage.History;

internal static class RunSql
{
    public const string Select = """
        select id as Id, sequence as Sequence, trigger_key as TriggerKey, district as District, heritage as Heritage, repository as Repository,
            kind as Kind, reason as Reason, check_sha as CheckCommit, of_release as OfRelease, hold_sha as Hold, restarts as Restarts,
            cancel_asked_at as CancelAskedAt, cancel_asked_by as CancelAskedBy, installation as Installation, environment as Environment,
            ref as Ref, sha as "Commit", actor as Actor, platform_sha as PlatformCommit, image as Image,
            state as State, superseded_by as SupersededBy, cause as Cause, detail as Detail, check_run_id as CheckRunId,
            check_attempted_at as CheckAttemptedAt, deployment_id as DeploymentId, deployment_attempted_at as DeploymentAttemptedAt,
            reported as Reported, tell_at as TellAt, attempt as Attempt, created_at as CreatedAt, updated_at as UpdatedAt, started_at as StartedAt,
            finished_at as FinishedAt
        from run
        """;

    public const string IsToBeTold = "(reported is null or reported <> state) and (tell_at is null or tell_at <= @now)";

    public const string Insert = """
        insert into run (
            id, trigger_key, district, heritage, repository, installation, environment, ref, sha, actor, kind, reason, check_sha, of_release,
            hold_sha, restarts, image, state, attempt, created_at, updated_at)
        values (
            @id, @triggerKey, @district, @heritage, @repository, @installation, @environment, @gitRef, @commit, @actor, @kind, @reason, @checkCommit,
            @ofRelease, @hold, @restarts, @image, 'Queued', 1, @now, @now)
        on conflict (trigger_key) do nothing
        """;

    // A run that is over stays what it became, and only who holds the lane may write.
    public static string Update(Dialect dialect) => $"""
        update run set
            platform_sha = @platformCommit, image = @image, state = @state, superseded_by = @supersededBy, cause = @cause, detail = @detail,
            check_run_id = @checkRunId, check_attempted_at = @checkAttemptedAt, deployment_id = @deploymentId,
            deployment_attempted_at = @deploymentAttemptedAt, reported = @reported, tell_at = @tellAt, attempt = @attempt, updated_at = @now,
            started_at = @startedAt, finished_at = @finishedAt
        where id = @id
          and (state = @state or state in ('Queued', 'Running'))
          and exists (select 1 from lane where id = @laneId and lease_token = @token and lease_owner is not null {dialect.ForShare})
        """;

    // Without a lease: what a worker has not begun is nobody's yet, and what one has begun only its own worker ends.
    public const string AskToCancel = """
        update run set cancel_asked_at = coalesce(cancel_asked_at, @now), cancel_asked_by = coalesce(cancel_asked_by, @actor), updated_at = @now
        where district = @district and heritage = @heritage and state in ('Queued', 'Running') and (@runId = '' or id = @runId)
        """;

    public const string CancelQueued = """
        update run set state = 'Cancelled', cause = @cause, updated_at = @now, finished_at = @now
        where district = @district and heritage = @heritage and state = 'Queued' and (@runId = '' or id = @runId)
        """;

    public static string Supersede(Dialect dialect, string ids) => $"""
        update run set state = 'Superseded', superseded_by = @by, updated_at = @now, finished_at = @now
        where id in {ids} and state in ('Queued', 'Running')
          and exists (select 1 from lane where id = @laneId and lease_token = @token and lease_owner is not null {dialect.ForShare})
        """;
}
