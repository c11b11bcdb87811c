using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.GitHub.Http;
using Octokit;

namespace Barcelona.GitOps.GitHub.Checks;

/// <summary>Writes check runs: made once, brought up to date, ended with a verdict.</summary>
public sealed class CheckRunReporter(TimeProvider time)
{
    /// <summary>Makes the check run and returns its number. An answer lost on the way is made up for by looking for what was made.</summary>
    /// <remarks>After a crash, ask <see cref="FindByExternalIdAsync"/> first: creating is the one write that is not idempotent.</remarks>
    public async Task<long> CreateAsync(RepositoryClient github, CheckIdentity check, CheckReport report, CancellationToken cancellationToken)
    {
        var request = RequestOf(check, report);
        request.Status = StatusOf(report.Phase);
        var id = await PostAsync(github, check, request, cancellationToken);
        if (report.Annotations.Length > CheckOutput.MaxAnnotations)
        {
            await UpdateAsync(github, id, report, cancellationToken);
        }

        return id;
    }

    /// <summary>
    /// Makes a check run that has its verdict from the start: nothing that comes between making and ending it can leave it in progress.
    /// </summary>
    public async Task<long> CreateCompletedAsync(
        RepositoryClient github, CheckIdentity check, CheckVerdict verdict, CheckReport report, CancellationToken cancellationToken)
    {
        var request = RequestOf(check, report);
        request.Status = CheckStatus.Completed;
        request.Conclusion = ConclusionOf(verdict);
        request.CompletedAt = time.GetUtcNow();
        var id = await PostAsync(github, check, request, cancellationToken);
        if (report.Annotations.Length > CheckOutput.MaxAnnotations)
        {
            await CompleteAsync(github, id, verdict, report, cancellationToken);
        }

        return id;
    }

    /// <summary>The number of a check run of ours that was made earlier, the newest if there are several; null when there is none.</summary>
    public async Task<long?> FindByExternalIdAsync(RepositoryClient github, CheckIdentity check, CancellationToken cancellationToken)
    {
        var found = await FindAsync(github, (check.Commit, check.Name), id => id == check.ExternalId, cancellationToken);
        return found?.Id;
    }

    /// <summary>The external id of the newest check run of that name on a commit, among those that are ours; null when there is none.</summary>
    public async Task<string?> FindExternalIdAsync(
        RepositoryClient github, CommitSha commit, string name, Func<string, bool> isOurs, CancellationToken cancellationToken) =>
        (await FindAsync(github, (commit, name), isOurs, cancellationToken))?.ExternalId;

    /// <summary>Check runs of ours on a commit that have no verdict, whatever their name.</summary>
    public async Task<ImmutableArray<OpenCheck>> UnfinishedAsync(RepositoryClient github, CommitSha commit, CancellationToken cancellationToken)
    {
        var path = github.Path($"commits/{commit}/check-runs?filter=all&per_page=100");
        var found = ImmutableArray.CreateBuilder<OpenCheck>();
        await foreach (var page in github.Api.PagesAsync<CheckRunPage>(path, cancellationToken))
        {
            foreach (var run in page.CheckRuns.Where(r => r.Status != "completed" && r.Name.StartsWith("barcelona/", StringComparison.Ordinal)))
            {
                found.Add(new(run.Id, new(commit, run.Name, run.ExternalId ?? "")));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>
    /// Replaces what the check run shows and adds the annotations that it does not have yet. Its status stays as it is: what a worker writes
    /// that was believed dead must not reopen a check that another one has ended.
    /// </summary>
    public Task UpdateAsync(RepositoryClient github, long checkRun, CheckReport report, CancellationToken cancellationToken) =>
        SendAsync(github, checkRun, report, _ => { }, cancellationToken);

    /// <summary>Ends the check run. Doing it again changes nothing.</summary>
    public Task CompleteAsync(
        RepositoryClient github, long checkRun, CheckVerdict verdict, CheckReport report, CancellationToken cancellationToken) =>
        SendAsync(
            github,
            checkRun,
            report,
            update =>
            {
                update.Status = CheckStatus.Completed;
                update.Conclusion = ConclusionOf(verdict);
                update.CompletedAt = time.GetUtcNow();
            },
            cancellationToken);

    private static async Task<CheckRunAnswer?> FindAsync(
        RepositoryClient github, (CommitSha Commit, string Name) check, Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        var path = github.Path($"commits/{check.Commit}/check-runs?check_name={Uri.EscapeDataString(check.Name)}&filter=all&per_page=100");
        CheckRunAnswer? found = null;
        await foreach (var page in github.Api.PagesAsync<CheckRunPage>(path, cancellationToken))
        {
            foreach (var run in page.CheckRuns.Where(r => r.ExternalId is { } id && isWanted(id) && (found is null || r.Id > found.Id)))
            {
                found = run;
            }
        }

        return found;
    }

    private NewCheckRun RequestOf(CheckIdentity check, CheckReport report) => new(check.Name, check.Commit.Value)
    {
        ExternalId = check.ExternalId,

        // Also for a queued one: clients built on Octokit cannot read a list with a check run that has none.
        StartedAt = time.GetUtcNow(),
        DetailsUrl = report.DetailsUrl?.AbsoluteUri,
        Output = CheckOutput.Of(report, report.Annotations.Take(CheckOutput.MaxAnnotations)),
        Actions = CheckOutput.ActionsOf(report),
    };

    private static async Task SendAsync(
        RepositoryClient github, long checkRun, CheckReport report, Action<CheckRunUpdate> finish, CancellationToken cancellationToken)
    {
        var path = github.Path($"check-runs/{checkRun}");

        // Annotations add up: what an earlier attempt has sent, perhaps without hearing the answer, must not be sent again.
        var sent = report.Annotations.Length == 0
            ? 0
            : (await github.Api.GetAsync<CheckRunAnswer>(path, cancellationToken)).Output?.AnnotationsCount ?? 0;
        var batches = report.Annotations.Skip(sent).Chunk(CheckOutput.MaxAnnotations).DefaultIfEmpty([]).ToList();
        foreach (var batch in batches.SkipLast(1))
        {
            await github.Api.PatchAsync<CheckRunAnswer>(path, new CheckRunUpdate { Output = CheckOutput.Of(report, batch) }, cancellationToken);
        }

        // The verdict goes with the last batch: a check run that has ended is complete.
        var last = new CheckRunUpdate
        {
            DetailsUrl = report.DetailsUrl?.AbsoluteUri,
            Output = CheckOutput.Of(report, batches[^1]),
            Actions = CheckOutput.ActionsOf(report),
        };
        finish(last);
        await github.Api.PatchAsync<CheckRunAnswer>(path, last, cancellationToken);
    }

    private async Task<long> PostAsync(RepositoryClient github, CheckIdentity check, NewCheckRun request, CancellationToken cancellationToken)
    {
        try
        {
            return (await github.Api.PostAsync<CheckRunAnswer>(github.Path("check-runs"), request, cancellationToken)).Id;
        }
        catch (GitHubUnavailableException e) when (e.MayHaveHappened)
        {
            if (await FindByExternalIdAsync(github, check, cancellationToken) is { } id)
            {
                return id;
            }

            throw;
        }
    }

    private static CheckStatus StatusOf(CheckPhase phase) => phase == CheckPhase.Queued ? CheckStatus.Queued : CheckStatus.InProgress;

    private static CheckConclusion ConclusionOf(CheckVerdict verdict) => verdict switch
    {
        CheckVerdict.Success => CheckConclusion.Success,
        CheckVerdict.Failure => CheckConclusion.Failure,
        CheckVerdict.Neutral => CheckConclusion.Neutral,
        CheckVerdict.Cancelled => CheckConclusion.Cancelled,
        CheckVerdict.Skipped => CheckConclusion.Skipped,
        CheckVerdict.TimedOut => CheckConclusion.TimedOut,
        CheckVerdict.ActionRequired => CheckConclusion.ActionRequired,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };

    private sealed record CheckRunPage(List<CheckRunAnswer> CheckRuns);

    private sealed record CheckRunAnswer(long Id, string Name, string? Status, string? ExternalId, CheckRunOutputAnswer? Output);

    private sealed record CheckRunOutputAnswer(int AnnotationsCount);
}
