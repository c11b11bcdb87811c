using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Checks;
using Barcelona.GitOps.GitHub.Deployments;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Reporting;

/// <summary>
/// Tells GitHub of a run: a check and a deployment when it starts, the plan once, the verdict. Six writes for an ordinary deploy. The run's row
/// is the outbox: what GitHub has not heard is marked there, and told as it stands when GitHub listens again. So news that newer news overtook
/// are never sent, nothing comes out of order, and the verdict is repeated until it is heard.
/// </summary>
public sealed partial class RunReporter(
    GitHubClients gitHub, CheckRunReporter checks, DeploymentReporter deployments, Runs runs, RunTexts texts, TimeProvider clock,
    ILogger<RunReporter> logger)
{
    /// <summary>A rollback is told where people look, on the commit that it takes back, and beside that commit's own verdict.</summary>
    public const string RollbackPrefix = "barcelona/rollback/";

    private const int MostAtOnce = 100;

    /// <summary>How long a verdict is kept for a repository that the App may not write to just now; the sweep asks again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    /// <summary>Between two tries of a verdict that is refused it waits for as long as it has waited.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1), LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>Makes what is not there yet, and tells what could not be told before. Doing it again costs nothing.</summary>
    public Task StartedAsync(ActiveRun run, CancellationToken cancellationToken) => run.Row is { CheckRunId: not null, Reported: RunState.Running }
        ? TellNewsAsync(run, cancellationToken)
        : WhileGitHubListensAsync(run, async () =>
        {
            var client = await gitHub.ForAsync(run.Row.Installation, run.Row.Repository, cancellationToken);

            // The deployment first: by it a check is found whose run is lost with the database.
            await EnsureDeploymentAsync(client, run, cancellationToken);
            await EnsureCheckAsync(client, run, cancellationToken);
            await ReportDeploymentAsync(client, run, cancellationToken);
            await run.UpdateAsync(run.Row with { Reported = RunState.Running }, cancellationToken);
        });

    /// <summary>There is news: the plan, or what the run waits for. Told now if that can be, else by a later pass.</summary>
    public async Task ProgressAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        if (!run.Progress.HasNews)
        {
            await run.UpdateAsync(run.Progress with { HasNews = true }, cancellationToken);
        }

        await TellNewsAsync(run, cancellationToken);
    }

    /// <summary>The deployment waits, or goes on.</summary>
    public Task DeploymentAsync(ActiveRun run, CancellationToken cancellationToken) => run.Row.DeploymentId is null
        ? Task.CompletedTask
        : WhileGitHubListensAsync(run, async () => await ReportDeploymentAsync(
            await gitHub.ForAsync(run.Row.Installation, run.Row.Repository, cancellationToken), run, cancellationToken));

    /// <summary>
    /// Asks people to approve: the check ends as `action_required`, which is how GitHub shows that somebody has to do something.
    /// </summary>
    public Task AskAsync(ActiveRun run, CancellationToken cancellationToken) =>
        run is not { Row.CheckRunId: { } check, Progress.Approval: { By: null } asked }
            ? Task.CompletedTask
            : WhileGitHubListensAsync(run, async () =>
            {
                var client = await gitHub.ForAsync(run.Row.Installation, run.Row.Repository, cancellationToken);
                var question = texts.ReportOf(run.Row, run.Progress);
                await checks.CompleteAsync(client, check, CheckVerdict.ActionRequired, question, cancellationToken);
                await ReportDeploymentAsync(client, run, cancellationToken);
                await run.UpdateAsync(run.Progress with { Approval = asked with { IsTold = true } }, cancellationToken);
            });

    /// <summary>The question is answered: the deploy goes on in a check of its own, since one that has ended stays so.</summary>
    public async Task ApprovedAsync(ActiveRun run, string by, CancellationToken cancellationToken)
    {
        var approval = (run.Progress.Approval ?? new(clock.GetUtcNow(), IsTold: false, By: null)) with { By = by };
        var row = approval.IsTold ? run.Row with { CheckRunId = null, CheckAttemptedAt = null, Reported = null } : run.Row;
        await run.UpdateAsync(row, run.Progress with { Approval = approval, Waiting = null }, cancellationToken);
        await StartedAsync(run, cancellationToken);
    }

    /// <summary>Something was added to what the check shows. A verdict stays as it is, and so does the deployment.</summary>
    public async Task ToldAgainAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        if (run.Progress.Approval is { IsTold: true, By: null } && !run.Row.State.IsFinal())
        {
            await AskAsync(run, cancellationToken);
            return;
        }

        await ProgressAsync(run, cancellationToken);
        if (run.Progress.HasNews && run.Row.State.IsFinal())
        {
            // No pass comes by any more: told with the verdict, once again.
            await run.UpdateAsync(run.Row with { Reported = null, TellAt = null }, cancellationToken);
        }
    }

    /// <summary>Reports the verdicts of the target's runs that GitHub has not heard.</summary>
    /// <returns>When to try again, because GitHub does not listen; null: all are told.</returns>
    public async Task<TimeSpan?> ReportFinishedAsync(DeployTarget target, Lease lease, CancellationToken cancellationToken)
    {
        var untold = await runs.UnreportedAsync(target.District, target.Heritage, MostAtOnce, cancellationToken);
        TimeSpan? again = null;
        foreach (var row in untold)
        {
            if (row.State.IsFinal())
            {
                // Once begun, a verdict is told to its end, also while the process stops: half a verdict is a check in progress for ever.
                var run = new ActiveRun(runs, row, lease, clock);
                again = await WhileGitHubListensAsync(run, () => ToldOrRefusedAsync(run, CancellationToken.None)) ?? again;
            }
        }

        return again;
    }

    /// <summary>
    /// The App was suspended or taken off the repository, or the repository is gone: nobody is there to be told now. The lane comes to rest,
    /// and the sweep tries again for some days: a suspended installation that comes back must find no check in progress. Ever more rarely, since a
    /// commit that is gone is refused for good, and each later pass would ask for it.
    /// </summary>
    private async Task ToldOrRefusedAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        try
        {
            await FinishedAsync(run, cancellationToken);
        }
        catch (GitHubRefusedException refused)
        {
            LogRefused(run.Row.Id, refused.Message);
            var age = clock.GetUtcNow() - (run.Row.FinishedAt ?? run.Row.CreatedAt);
            var pause = TimeSpan.FromTicks(Math.Clamp(age.Ticks, ShortestPause.Ticks, LongestPause.Ticks));
            await run.UpdateAsync(
                age > Kept ? run.Row with { Reported = run.Row.State } : run.Row with { TellAt = clock.GetUtcNow() + pause }, cancellationToken);
        }
    }

    private async Task FinishedAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        var client = await gitHub.ForAsync(run.Row.Installation, run.Row.Repository, cancellationToken);
        await ConcludeCheckAsync(client, run, cancellationToken);

        // A run that never got as far as a deployment needs none to say so.
        if (run.Row.DeploymentId is not null || run.Row.DeploymentAttemptedAt is not null || run.Row.State == RunState.Succeeded)
        {
            await ReportDeploymentAsync(client, run, cancellationToken);
        }

        await run.UpdateAsync(
            run.Row with { Reported = run.Row.State, TellAt = null }, run.Progress with { HasNews = false }, cancellationToken);
    }

    /// <summary>While less than half of the hour's budget is left, it is for verdicts.</summary>
    private Task TellNewsAsync(ActiveRun run, CancellationToken cancellationToken) => run is not { Row.CheckRunId: { } check, Progress.HasNews: true }
        ? Task.CompletedTask
        : WhileGitHubListensAsync(run, async () =>
        {
            var client = await gitHub.ForAsync(run.Row.Installation, run.Row.Repository, cancellationToken);
            if (!client.IsBudgetScarce)
            {
                await checks.UpdateAsync(client, check, texts.ReportOf(run.Row, run.Progress), cancellationToken);
                await run.UpdateAsync(run.Progress with { HasNews = false }, cancellationToken);
            }
        });

    private async Task ConcludeCheckAsync(RepositoryClient client, ActiveRun run, CancellationToken cancellationToken)
    {
        var (verdict, report) = (RunTexts.VerdictOf(run.Row.State), texts.ReportOf(run.Row, run.Progress));
        if (run.Row is { CheckRunId: null, CheckAttemptedAt: null })
        {
            // Overtaken before it was begun, as most runs of a storm are.
            await run.UpdateAsync(run.Row with { CheckAttemptedAt = clock.GetUtcNow() }, cancellationToken);
            var made = await checks.CreateCompletedAsync(client, IdentityOf(run), verdict, report, cancellationToken);
            await run.UpdateAsync(run.Row with { CheckRunId = made }, cancellationToken);
            return;
        }

        await checks.CompleteAsync(client, await EnsureCheckAsync(client, run, cancellationToken), verdict, report, cancellationToken);
    }

    private static CheckIdentity IdentityOf(ActiveRun run) => new(
        run.Row.CheckCommit ?? run.Row.Commit,
        run.Row.IsRollback ? $"{RollbackPrefix}{run.Row.Environment}" : $"barcelona/{run.Row.Environment}",
        run.Progress.Approval is { IsTold: true, By: not null } ? CheckIds.Approved(run.Row.Id) : run.Row.Id);

    private async Task<long> EnsureCheckAsync(RepositoryClient client, ActiveRun run, CancellationToken cancellationToken)
    {
        if (run.Row.CheckRunId is { } known)
        {
            return known;
        }

        var identity = IdentityOf(run);
        var earlier = run.Row.CheckAttemptedAt is null ? null : await checks.FindByExternalIdAsync(client, identity, cancellationToken);
        await run.UpdateAsync(run.Row with { CheckAttemptedAt = clock.GetUtcNow() }, cancellationToken);
        var id = earlier ?? await checks.CreateAsync(client, identity, texts.ReportOf(run.Row, run.Progress), cancellationToken);
        var hasNews = run.Progress.HasNews && earlier is not null;
        await run.UpdateAsync(run.Row with { CheckRunId = id }, run.Progress with { HasNews = hasNews }, cancellationToken);
        return id;
    }

    private async Task ReportDeploymentAsync(RepositoryClient client, ActiveRun run, CancellationToken cancellationToken)
    {
        var status = texts.StatusOf(run.Row, run.Progress);
        if (await EnsureDeploymentAsync(client, run, cancellationToken) is { } deployment
            && !await deployments.SaysAsync(client, deployment, status, cancellationToken))
        {
            // Of statuses the last counts: a worker that has lost its lease stops here, or what it began with would stand after the verdict.
            await run.HoldAsync(cancellationToken);
            await deployments.ReportAsync(client, deployment, status, cancellationToken);
        }
    }

    /// <returns>Null: a district is no deployment of the platform repository, and its check says all.</returns>
    private async Task<long?> EnsureDeploymentAsync(RepositoryClient client, ActiveRun run, CancellationToken cancellationToken)
    {
        if (run.Row.IsOfDistrict || run.Row.DeploymentId is not null)
        {
            return run.Row.DeploymentId;
        }

        var identity = new DeploymentIdentity(run.Row.Commit, run.Row.Environment, run.Row.Id);
        var earlier = run.Row.DeploymentAttemptedAt is null ? null : await deployments.FindAsync(client, identity, cancellationToken);
        await run.UpdateAsync(run.Row with { DeploymentAttemptedAt = clock.GetUtcNow() }, cancellationToken);
        var id = earlier ?? await deployments.CreateAsync(client, identity, $"{run.Row.District}/{run.Row.Heritage}", cancellationToken);
        await run.UpdateAsync(run.Row with { DeploymentId = id }, cancellationToken);
        return id;
    }

    /// <returns>How long it wants to be left alone; null: it has listened.</returns>
    private async Task<TimeSpan?> WhileGitHubListensAsync(ActiveRun run, Func<Task> tell)
    {
        try
        {
            await tell();
            return null;
        }
        catch (GitHubUnavailableException away)
        {
            LogAway(away.Message);
            return away.RetryAfter;
        }
        catch (GitHubRefusedException refused) when (run.Progress.IsAtWork)
        {
            // The App is suspended, or lacks a right: what AWS has begun is followed to its end, and told once GitHub listens.
            LogRefused(run.Row.Id, refused.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "GitHub refuses to hear of run {RunId}: {Reason}")]
    private partial void LogRefused(string runId, string reason);

    [LoggerMessage(LogLevel.Warning, "GitHub was not told, and will be later: {Reason}")]
    private partial void LogAway(string reason);
}
