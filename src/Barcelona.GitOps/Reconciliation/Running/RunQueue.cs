using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <summary>
/// Of the runs of a target the newest wins, and overtakes the others as far as it gets. A run whose before_deploy has begun comes to its end
/// first: nobody kills a migration in its middle, and what it has prepared is deployed, since a newer commit may yet have to wait while the old
/// code runs on what the migration left.
/// </summary>
public sealed partial class RunQueue(Runs runs, RefResolver refs, TimeProvider clock, ILogger<RunQueue> logger)
{
    /// <returns>The run to work on; null when none is waiting.</returns>
    public async Task<RunPick?> PickAsync(DeployTarget target, CancellationToken cancellationToken)
    {
        var active = OfOneRepository(await runs.ActiveForTargetAsync(target.District, target.Heritage, cancellationToken));
        if (active.Count < 2)
        {
            return active is [var only] ? new(only) : null;
        }

        // Whoever goes back overtakes what was there before, whichever tag is newer.
        var back = active.LastOrDefault(r => r.IsRollback);
        Run[] rivals = [.. active.SkipWhile(r => back is not null && r.Id != back.Id)];
        var isMigrating = active.FirstOrDefault(r => RunProgress.Parse(r.Detail).BeforeDeploy is { IsUnderWay: true });
        Run[] undated = [];
        Run winner;
        try
        {
            winner = await NewestAsync(rivals, cancellationToken);
        }
        catch (Exception away) when (away is GitHubUnavailableException or GitHubRefusedException or GitUnavailableException)
        {
            // Which tag is newer cannot be told now. What has begun goes on, and gives way when it can be. A "no" that may last, or silence that has
            // lasted, is met once more by the pass of a run itself, which knows how long to be patient and what to say.
            LogUndated(away.Message);
            if (back is null)
            {
                var mayPass = Patience.IsHopeless(away) || clock.GetUtcNow() > active[0].CreatedAt + Patience.WhileAway;
                if ((BegunOf(active) ?? (mayPass ? active[0] : null)) is { } next)
                {
                    return new(next);
                }

                throw;
            }

            (winner, undated) = (back, rivals[1..]);
        }

        // A migration is not left alone; and going back, or what was migrated for, comes to its end before any push, which may yet have to wait
        // or be refused. Who goes back after a migration knows what he does.
        var busy = isMigrating
            ?? (winner.IsRollback
                ? null
                : active.LastOrDefault(r => r.IsRollback || RunProgress.Parse(r.Detail).BeforeDeploy is { HasSucceeded: true }));
        Run[] overtaken = [.. active.Where(r => r.Id != winner.Id && r.Id != busy?.Id && !undated.Contains(r))];
        if (busy is null || busy.Id == winner.Id)
        {
            // Whoever goes back wants what is under way not to come, of a district the newest file counts, whatever it says, and who migrates is
            // as far as one gets.
            return new(winner) { Overtakes = overtaken, IsAtOnce = busy is not null || winner.IsRollback || IsDistrict(target) };
        }

        // What is newer, and has begun nothing, is overtaken only by its own newest, which may yet be refused.
        return new(busy)
        {
            Overtakes = [.. overtaken.Where(r => RunProgress.Parse(r.Detail).IsAtWork || (busy.IsRollback && r.Sequence < busy.Sequence))],
            IsAtOnce = busy.IsRollback,
        };
    }

    private static bool IsDistrict(DeployTarget target) => target.Heritage.Length == 0;

    /// <summary>Whoever came first with a name that another repository wants too: neither is news of the other. The rest comes after it.</summary>
    private static IReadOnlyList<Run> OfOneRepository(IReadOnlyList<Run> active)
    {
        var first = BegunOf(active) ?? active.FirstOrDefault(r => r.State == RunState.Running) ?? (active is [var oldest, ..] ? oldest : null);
        return first is null ? active : [.. active.Where(r => r.Repository == first.Repository)];
    }

    /// <summary>Also what was migrated for.</summary>
    private static Run? BegunOf(IReadOnlyList<Run> active) =>
        active.FirstOrDefault(r => RunProgress.Parse(r.Detail).IsAtWork)
        ?? active.FirstOrDefault(r => RunProgress.Parse(r.Detail).BeforeDeploy is { HasSucceeded: true });

    private async Task<Run> NewestAsync(Run[] rivals, CancellationToken cancellationToken)
    {
        if (rivals is [var only])
        {
            return only;
        }

        var dated = new List<Dated>(rivals.Length);
        foreach (var run in rivals)
        {
            dated.Add(new(run, await DateAsync(run, cancellationToken)));
        }

        return dated.Aggregate(static (best, next) => Overtakes(next, best) ? next : best).Run;
    }

    // A tag's own date, not the order in which GitHub told of tags. One that is gone meanwhile is as old as the news of it.
    private async Task<DateTimeOffset> DateAsync(Run run, CancellationToken cancellationToken) =>
        run.Ref.IsTag && await refs.ResolveAsync(run.Installation, run.Repository, run.Ref, cancellationToken) is { } tag ? tag.Date
        : run.IsAskedAgain ? await PushedAtAsync(run, cancellationToken)
        : run.CreatedAt;

    /// <summary>When the push of what is asked for again became known; one that nobody remembers is older than all.</summary>
    private async Task<DateTimeOffset> PushedAtAsync(Run run, CancellationToken cancellationToken) =>
        (await runs.RecentOfTargetAsync(run, cancellationToken))
            .FirstOrDefault(r => r is { Kind: RunKind.Deploy, IsAskedAgain: false } && r.Repository == run.Repository && r.Ref == run.Ref
                && r.Commit == run.Commit)
            ?.CreatedAt ?? DateTimeOffset.MinValue;

    private static bool Overtakes(Dated next, Dated best)
    {
        // The newest wish wins. A restart is part of every deploy, whose tasks are new, too.
        if (next.Run.Kind == RunKind.Restart || best.Run.Kind == RunKind.Restart)
        {
            return best.Run.Kind == RunKind.Restart;
        }

        if (next.Run.IsRollback)
        {
            return true;
        }

        // What is being rolled back from, told of once more, is no newer wish; nor is what somebody wanted again before he went back.
        if (best.Run.IsRollback && (next.Run.IsAskedAgain || next.Run.Commit == best.Run.Hold))
        {
            return false;
        }

        // A commit that is deployed once more is as new as its push: older, mostly, than one that was pushed and is still under way.
        if (next.Run.IsAskedAgain && !best.Run.IsAskedAgain && next.Run.Ref.IsBranch && next.Run.Commit != best.Run.Commit)
        {
            return next.Date > best.Date;
        }

        return ReleaseOrder.Check(new(next.Run.Ref, next.Date), new(best.Run.Ref, best.Date)) is ReleaseVerdict.Proceed;
    }

    [LoggerMessage(LogLevel.Warning, "Which of two tags is newer cannot be told now: {Reason}")]
    private partial void LogUndated(string reason);

    private sealed record Dated(Run Run, DateTimeOffset Date);
}
