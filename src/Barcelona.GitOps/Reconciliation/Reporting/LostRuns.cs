using System.Collections.Immutable;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Checks;
using Barcelona.GitOps.GitHub.Deployments;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Refs;

namespace Barcelona.GitOps.Reconciliation.Reporting;

/// <summary>
/// Runs of which only GitHub knows: they were under way when the database was lost. Their checks and deployments are ended, since nobody else
/// would. Looked for when a repository is heard of for the first time, which is what all are then.
/// </summary>
public sealed partial class LostRuns(
    GitHubClients gitHub, CheckRunReporter checks, DeploymentReporter deployments, Runs runs, TimeProvider clock, ILogger<LostRuns> logger)
{
    /// <summary>No run waits for longer.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(14);

    /// <summary>A repository may have thousands of branches, and only those with news can have a run.</summary>
    private const int MostHeads = 50;

    /// <returns>Null: there are none, as in any repository that is really new.</returns>
    public async Task<LostRunsFound?> FindAsync(
        KnownRepository known, IReadOnlyCollection<RemoteRef> heads, bool hasDistricts, CancellationToken cancellationToken)
    {
        var client = await gitHub.ForAsync(known.Installation, known.Name, cancellationToken);
        var open = await deployments.UnfinishedAsync(client, clock.GetUtcNow() - Oldest, cancellationToken);
        var lost = await UnknownAsync(open, d => d.Identity.Id, cancellationToken);
        if (lost.IsEmpty && !hasDistricts)
        {
            return null;
        }

        // A rollback's check is on the commit that it goes back from, and a district has no deployment: they are where branches are now.
        var looked = heads.Where(h => !lost.IsEmpty || known.DefaultBranch is null || h.Ref.ShortName == known.DefaultBranch).Take(MostHeads);
        var found = ImmutableArray.CreateBuilder<OpenCheck>();
        foreach (var commit in lost.Select(d => d.Identity.Commit).Concat(looked.Select(h => h.Commit)).Distinct())
        {
            found.AddRange(await checks.UnfinishedAsync(client, commit, cancellationToken));
        }

        var ours = await UnknownAsync(
            found.Where(c => CheckIds.IsOfRun(c.Identity.ExternalId)), c => CheckIds.RunOf(c.Identity.ExternalId), cancellationToken);
        var again = ours.Where(c => !c.Identity.Name.StartsWith(RunReporter.RollbackPrefix, StringComparison.Ordinal))
            .Select(c => c.Identity.Commit).Concat(lost.Select(d => d.Identity.Commit)).ToHashSet();
        return new(client, ours, lost, [.. heads.Where(h => again.Contains(h.Commit))]);
    }

    public async Task EndAsync(LostRunsFound lost, CancellationToken cancellationToken)
    {
        foreach (var check in lost.Checks)
        {
            await UnlessRefusedAsync(checks.CompleteAsync(lost.Client, check.Id, CheckVerdict.Cancelled, Report, cancellationToken));
        }

        foreach (var deployment in lost.Deployments)
        {
            await UnlessRefusedAsync(
                deployments.ReportAsync(lost.Client, deployment.Id, new(DeploymentPhase.Inactive, Report.Title), cancellationToken));
        }
    }

    /// <summary>One that cannot be ended, another App's for example, keeps no other from its end.</summary>
    private async Task UnlessRefusedAsync(Task end)
    {
        try
        {
            await end;
        }
        catch (GitHubRefusedException refused)
        {
            LogRefused(refused.Message);
        }
    }

    private static readonly CheckReport Report = new()
    {
        Title = "Cancelled: the record of this run is lost",
        Summary = "The service lost its database while this was under way. What AWS had begun goes on, or back, by itself. "
            + "A branch or tag that is still at this commit is looked at again, in a check of its own.",
    };

    /// <summary>A database that was not lost knows them, and ends them itself.</summary>
    private async Task<ImmutableArray<T>> UnknownAsync<T>(IEnumerable<T> all, Func<T, string> runId, CancellationToken cancellationToken)
    {
        var unknown = ImmutableArray.CreateBuilder<T>();
        foreach (var one in all)
        {
            if (await runs.GetAsync(runId(one), cancellationToken) is null)
            {
                unknown.Add(one);
            }
        }

        return unknown.ToImmutable();
    }

    [LoggerMessage(LogLevel.Warning, "The record of a run is lost, and its end is refused: {Reason}")]
    private partial void LogRefused(string reason);
}

/// <param name="Heads">Branches and tags that are still where such a run was about.</param>
public sealed record LostRunsFound(
    RepositoryClient Client, ImmutableArray<OpenCheck> Checks, ImmutableArray<OpenDeployment> Deployments, ImmutableArray<RemoteRef> Heads);
