using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Planning.Differences;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Acts;

/// <summary>Going back to a release that is on record.</summary>
public sealed class Rollbacks(ReleaseHistory releases, Runs runs, NewRuns newRuns)
{
    /// <summary>What a rollback would be, by what is on record alone; changes nothing.</summary>
    /// <param name="to">Null: the one before.</param>
    /// <exception cref="RefusedActException">There is nothing to go back to, or no release of that number.</exception>
    public async Task<RollbackOffer> FindAsync(DeployTarget target, long? to, CancellationToken cancellationToken)
    {
        var kept = new KeptReleases(await releases.ListAsync(target, cancellationToken));
        if (kept.All.Count == 0 || await runs.NewestForTargetAsync(target.District, target.Heritage, cancellationToken) is not { } newest)
        {
            throw new RefusedActException($"{target} has no release on record: there is nothing to roll back to.");
        }

        var wanted = to is { } number
            ? kept.Find(number) ?? throw new RefusedActException($"{target} has no release {number} on record; there are {Range(kept)}.")
            : kept.Previous ?? throw new RefusedActException(
                $"{target} has no earlier release on record that ran: there is nothing to roll back to."
                + (kept.All.Count > 1 ? $" There are {Range(kept)}; barcelona rollback {target} --to takes one of them." : ""));

        var from = newest with { Commit = kept.NewestDeploy?.Commit ?? newest.Commit };
        return new RollbackOffer
        {
            Target = target,
            To = wanted,
            Running = kept.Running,
            From = from,

            // Going back to what git asked for last takes a hold back.
            Hold = kept.NewestDeploy == wanted ? null : await DeployedLastAsync(from, kept, cancellationToken),
            Changes = await ChangesAsync(target, kept.Running, wanted, cancellationToken),
        };
    }

    /// <summary>Puts it in the target's lane: the service does it, after a plan in its check.</summary>
    public async Task<Run> StartAsync(RollbackOffer offer, Asker asker, CancellationToken cancellationToken)
    {
        var (to, from) = (offer.To, offer.From);
        return await newRuns.MakeAsync(
            new NewRun
            {
                TriggerKey = $"rollback:{asker.Key}",
                Kind = RunKind.Rollback,
                District = offer.Target.District,
                Heritage = offer.Target.Heritage,
                Repository = to.Repository,
                Installation = from.Installation,
                Environment = to.Environment,
                Ref = to.Ref,
                Commit = to.Commit,
                CheckCommit = from.Commit,
                OfRelease = to.Number,
                Hold = offer.Hold,
                PinnedImage = to.Image,
                Actor = asker.Actor,
                Reason = $"rollback to {to.Number}",
            },
            Asker.AtOnce,
            cancellationToken);
    }

    /// <summary>Also a commit that found all as it wants it, and made no release: a re-run of it would bring back what is rolled back from.</summary>
    private async Task<CommitSha> DeployedLastAsync(Run from, KeptReleases kept, CancellationToken cancellationToken) =>
        (await runs.RecentOfTargetAsync(from, cancellationToken))
            .FirstOrDefault(r => r is { Kind: RunKind.Deploy, State: RunState.Succeeded } && r.FinishedAt > kept.NewestDeploy?.CreatedAt)
            ?.Commit ?? from.Commit;

    private async Task<ImmutableArray<ResourceChange>> ChangesAsync(
        DeployTarget target, Release? running, Release wanted, CancellationToken cancellationToken) =>
        running is not null
        && await releases.ContentAsync(target, running.Number, cancellationToken) is { } before
        && await releases.ContentAsync(target, wanted.Number, cancellationToken) is { } after
            ? ReleaseDiff.Of(new(before.Configuration, before.Parameters), new(after.Configuration, after.Parameters))
            : [];

    private static string Range(KeptReleases kept) =>
        string.Join(", ", kept.All.Take(10).Select(r => r.Number)) + (kept.All.Count > 10 ? ", …" : "");
}

/// <summary>What a rollback would put back.</summary>
public sealed record RollbackOffer
{
    public required DeployTarget Target { get; init; }

    public required Release To { get; init; }

    /// <summary>Null: none was ever seen to run.</summary>
    public required Release? Running { get; init; }

    /// <summary>The newest deploy, at the commit that last began to change something: that is rolled back from.</summary>
    public required Run From { get; init; }

    /// <summary>The commit that is held afterwards; null: it ends a hold.</summary>
    public required CommitSha? Hold { get; init; }

    /// <summary>Against what runs, by what is on record.</summary>
    public required ImmutableArray<ResourceChange> Changes { get; init; }
}
