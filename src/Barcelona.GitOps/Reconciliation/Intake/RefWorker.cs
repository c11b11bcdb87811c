using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Reconciliation.Districts;
using Barcelona.GitOps.Reconciliation.Heads;
using Barcelona.GitOps.Reconciliation.Sweeping;
using Barcelona.GitOps.Storage.Refs;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>Looks at a branch or tag: what does barcelona.yml at its live head want deployed? Whatever was pushed meanwhile counts once.</summary>
public sealed partial class RefWorker(
    RefEvents events, RefStates states, RefResolver refs, ManifestReader manifests, DeployStarter deploys, DistrictStarter districts,
    FileCheck fileCheck, MissedRefs missed, SkippedPush skipped, TimeProvider clock, ILogger<RefWorker> logger)
    : ILaneWorker
{
    public string Kind => LaneKinds.Ref;

    public async Task<LaneResult> WorkAsync(Lease lease, CancellationToken cancellationToken)
    {
        var (repository, gitRef) = LaneKeys.Ref(lease.Key);
        var pending = await events.PendingAsync(repository, gitRef, cancellationToken);
        if (pending.Count > 0)
        {
            await LookAsync(new PushedRef(pending[^1].Installation, repository, gitRef, pending), cancellationToken);
            await events.MarkHandledAsync([.. pending.Select(e => e.Id)], within: null, cancellationToken);
        }

        return new LaneResult.Done(lease.WantedSeen);
    }

    public Task NoteTroubleAsync(Lease lease, string trouble, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task LookAsync(PushedRef pushed, CancellationToken cancellationToken)
    {
        if (await refs.ResolveAsync(pushed.Installation, pushed.Repository, pushed.Ref, cancellationToken) is not { } head)
        {
            LogGone(pushed.Repository, pushed.Ref);
            await states.RemoveAsync(pushed.Repository, pushed.Ref, within: null, cancellationToken);
            return;
        }

        if (pushed.Events.All(e => e.Kind == RefEventKind.Sweep)
            && (await states.GetAsync(pushed.Repository, pushed.Ref, cancellationToken))?.Commit == head.Commit.Value)
        {
            // While the sweep compared, somebody was looking at it.
            return;
        }

        await missed.BaselineAsync(pushed.At(head.Commit), pushed.Ref, cancellationToken);
        await districts.StartAsync(pushed, head, cancellationToken);
        var (counted, wanted) = await skipped.UnderAsync(pushed, head, cancellationToken) ?? (pushed, head);
        if (await manifests.ReadAsync(counted.At(wanted.Commit), cancellationToken) is { } parsed)
        {
            if (!await ActAsync(counted, wanted, parsed, cancellationToken))
            {
                var unsettled = RefState.Unsettled(pushed.Repository, pushed.Ref, head.Commit, clock.GetUtcNow());
                await states.SetAsync(unsettled, within: null, cancellationToken);
                return;
            }
        }
        else
        {
            LogNoFile(counted.Repository, wanted.Commit);
        }

        await states.SetAsync(new(pushed.Repository, pushed.Ref, head.Commit.Value, clock.GetUtcNow()), within: null, cancellationToken);
    }

    /// <returns>False: what it means cannot be told now.</returns>
    private async Task<bool> ActAsync(PushedRef pushed, ResolvedRef head, Parsed<BarcelonaManifest> parsed, CancellationToken cancellationToken)
    {
        if (parsed.Value is { } manifest && !parsed.HasErrors)
        {
            return await deploys.StartAsync(pushed, head, manifest, cancellationToken) && await SettleAsync(pushed, head, parsed, cancellationToken);
        }

        LogBroken(pushed.Repository, head.Commit, parsed.Diagnostics.Count(d => d.IsError));

        // Only where somebody waits for a deploy is there news: the default branch, tags, what deployed before. A pull request has its own check.
        if (pushed.Ref.IsTag || pushed.DefaultBranch is null || pushed.Ref.ShortName == pushed.DefaultBranch
            || await deploys.HasDeployedAsync(pushed, cancellationToken))
        {
            await ReportAsync(pushed, head, parsed, cancellationToken);
        }

        return true;
    }

    /// <summary>The check that said that nobody can tell is taken back.</summary>
    private async Task<bool> SettleAsync(PushedRef pushed, ResolvedRef head, Parsed<BarcelonaManifest> parsed, CancellationToken cancellationToken)
    {
        if ((await states.GetAsync(pushed.Repository, pushed.Ref, cancellationToken))?.IsUnsettledAt(head.Commit) is true)
        {
            await ReportAsync(pushed, head, parsed, cancellationToken);
        }

        return true;
    }

    private Task ReportAsync(PushedRef pushed, ResolvedRef head, Parsed<BarcelonaManifest> parsed, CancellationToken cancellationToken) =>
        fileCheck.ReportAsync(pushed.At(head.Commit), new("barcelona", CheckIds.Ref(pushed.Ref)), parsed.Diagnostics, cancellationToken);

    [LoggerMessage(LogLevel.Information, "{Repository}: {Ref} is gone; nothing to deploy")]
    private partial void LogGone(RepositoryName repository, GitRef @ref);

    [LoggerMessage(LogLevel.Information, "{Repository}: no barcelona.yml at {Commit}")]
    private partial void LogNoFile(RepositoryName repository, CommitSha commit);

    [LoggerMessage(LogLevel.Information, "{Repository}: barcelona.yml at {Commit} has {Errors} errors; nothing is deployed")]
    private partial void LogBroken(RepositoryName repository, CommitSha commit, int errors);
}

/// <summary>A ref with everything that was said about it since it was last looked at, oldest first.</summary>
public sealed record PushedRef(long Installation, RepositoryName Repository, GitRef Ref, IReadOnlyList<RefEvent> Events)
{
    /// <summary>Null: no event said.</summary>
    public string? DefaultBranch => Events.LastOrDefault(e => e.DefaultBranch is not null)?.DefaultBranch;

    /// <summary>
    /// Whom the newest event of just this commit names: whoever pushed another one has no say in it. What the sweep found names nobody. The push
    /// of an annotated tag names the tag's own object, which only git could peel.
    /// </summary>
    public string? ActorOf(CommitSha head) => Events
        .LastOrDefault(e => e.Actor is not null && (e.Commit == head.Value || (Ref.IsTag && e.Kind == RefEventKind.Push && e == Events[^1])))?.Actor;

    public CommitSubject At(CommitSha commit) => new(Installation, Repository, commit);
}
