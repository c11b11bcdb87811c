using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Refs;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>Something that happened, with the delivery that told of it, or the sweep's own name for what no delivery told.</summary>
public sealed record AcceptedEvent(string DeliveryId, DateTimeOffset ReceivedAt, RepositoryEvent Event)
{
    /// <summary>Found by comparing: a delivery may have told of it, or will.</summary>
    public bool IsSwept { get; init; }
}

/// <summary>Puts events into the lanes of what they concern. All of a batch, or nothing; doing it twice changes nothing.</summary>
public sealed class EventIntake(
    Database database, RefEvents events, Lanes lanes, Runs runs, RunRequests requests, Repositories repositories, TimeProvider clock)
{
    public async Task AcceptAsync(IReadOnlyList<AcceptedEvent> accepted, CancellationToken cancellationToken)
    {
        if (accepted.Count == 0)
        {
            return;
        }

        var rows = accepted.Select(Row).OfType<RefEvent>().ToList();
        var wishes = new List<LaneWish>();
        await using var transaction = await database.BeginAsync(cancellationToken);
        foreach (var item in accepted)
        {
            wishes.AddRange(await WishesAsync(item, transaction, cancellationToken));
        }

        await repositories.UpsertManyAsync(accepted.Select(Known), transaction, cancellationToken);
        await events.AddAsync(rows, transaction, cancellationToken);
        await lanes.WantManyAsync(wishes, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static RefEvent? Row(AcceptedEvent item) => item.Event switch
    {
        RepositoryEvent.BranchPushed e => Row(item, e.Ref, item.IsSwept ? RefEventKind.Sweep : RefEventKind.Push) with
        {
            Commit = e.Commit.Value,
            Message = e.HeadMessage,
            DefaultBranch = Said(e.DefaultBranch),
        },
        RepositoryEvent.TagPushed e => Row(item, e.Ref, item.IsSwept ? RefEventKind.Sweep : RefEventKind.Push) with
        {
            Commit = e.Target,
            DefaultBranch = Said(e.DefaultBranch),
        },
        RepositoryEvent.RefDeleted e => Row(item, e.Ref, RefEventKind.Delete),
        RepositoryEvent.CheckRerequested { ExternalId: { } id } e when CheckIds.TryParseRef(id) is { } gitRef =>
            Row(item, gitRef, RefEventKind.Rerequest) with { Commit = e.Commit.Value },
        RepositoryEvent.CheckRerequested or RepositoryEvent.ActionRequested or RepositoryEvent.PullRequestChanged
            or RepositoryEvent.MergeGroupRequested or RepositoryEvent.CommitReported => null,
        _ => throw new InvalidOperationException($"An event without a lane: {item.Event.GetType().Name}."),
    };

    // Who does not know says nothing, and then GitHub is asked.
    private static string? Said(string defaultBranch) => defaultBranch.Length > 0 ? defaultBranch : null;

    private static RefEvent Row(AcceptedEvent item, GitRef gitRef, RefEventKind kind) => new()
    {
        DeliveryId = item.DeliveryId,
        Repository = item.Event.Repository,
        Installation = item.Event.Installation,
        Ref = gitRef,
        Kind = kind,
        Actor = item.Event.Actor,
        ReceivedAt = item.ReceivedAt,
    };

    private static KnownRepository Known(AcceptedEvent item) => new()
    {
        Name = item.Event.Repository,
        Installation = item.Event.Installation,
        DefaultBranch = item.Event switch
        {
            RepositoryEvent.BranchPushed { DefaultBranch: { Length: > 0 } name } => name,
            RepositoryEvent.TagPushed { DefaultBranch: { Length: > 0 } name } => name,
            _ => null,
        },
    };

    private async Task<IReadOnlyList<LaneWish>> WishesAsync(AcceptedEvent item, DatabaseTransaction transaction, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return item.Event switch
        {
            RepositoryEvent.PullRequestChanged e => [new(LaneKinds.Pull, LaneKinds.PullKey(e.Repository, e.Number), now)],
            RepositoryEvent.CheckRerequested { ExternalId: { } id } e when CheckIds.TryParsePull(id, out var number) =>
                [new(LaneKinds.Pull, LaneKinds.PullKey(e.Repository, number), now)],
            // A build may have ended: who waits for its image looks.
            RepositoryEvent.CommitReported e =>
                [.. (await runs.ActiveOfCommitAsync(e.Repository, e.Commit, cancellationToken)).Select(r => LaneKeys.OfRun(r, now))],
            RepositoryEvent.MergeGroupRequested e => [new(LaneKinds.Commit, LaneKinds.CommitKey(e.Repository, e.Commit), now) { Actor = e.Actor }],
            RepositoryEvent.CheckRerequested { ExternalId: { } id } e when CheckIds.IsCommit(id) =>
                [new(LaneKinds.Commit, LaneKinds.CommitKey(e.Repository, e.Commit), now) { Actor = e.Actor }],
            RepositoryEvent.CheckRerequested { ExternalId: { } id } when CheckIds.TryParseRef(id) is null =>
                await AgainAsync(item, await OneAsync(item, id, cancellationToken), transaction, cancellationToken),

            RepositoryEvent.ActionRequested e => await PressedAsync(item, e, transaction, cancellationToken),

            // "Re-run all": the suite does not say which checks are in it; they are those of its commit.
            RepositoryEvent.CheckRerequested { ExternalId: null } e =>
            [
                .. await AgainAsync(item, await runs.NewestOfCommitAsync(e.Repository, e.Commit, cancellationToken), transaction, cancellationToken),
                new(LaneKinds.Commit, LaneKinds.CommitKey(e.Repository, e.Commit), now) { Actor = e.Actor },
            ],
            _ when Row(item) is { } row => [new(LaneKinds.Ref, LaneKinds.RefKey(row.Repository, row.Ref), now)],
            _ => [],
        };
    }

    private async Task<IReadOnlyList<Run>> OneAsync(AcceptedEvent item, string runId, CancellationToken cancellationToken) =>
        await runs.GetAsync(CheckIds.RunOf(runId), cancellationToken) is { } run && run.Repository.Equals(item.Event.Repository) ? [run] : [];

    /// <summary>Whether whoever pressed may is asked in the run's lane, where GitHub can be asked.</summary>
    private async Task<IReadOnlyList<LaneWish>> PressedAsync(
        AcceptedEvent item, RepositoryEvent.ActionRequested pressed, DatabaseTransaction transaction, CancellationToken cancellationToken)
    {
        var pressedOn = await OneAsync(item, pressed.ExternalId, cancellationToken);
        foreach (var run in pressedOn)
        {
            await requests.AddAsync(run, item.DeliveryId, new(pressed.Action, pressed.Actor, RequestOrigin.GitHub), transaction, cancellationToken);
        }

        return [.. pressedOn.Select(run => LaneKeys.OfRun(run, clock.GetUtcNow()))];
    }

    /// <summary>A run is never tried again itself: what came of it stays on record, and another takes its place.</summary>
    private async Task<IReadOnlyList<LaneWish>> AgainAsync(
        AcceptedEvent item, IReadOnlyList<Run> earlier, DatabaseTransaction transaction, CancellationToken cancellationToken)
    {
        foreach (var run in earlier)
        {
            // What was put back or restarted once is not so again over what came since.
            if (run.Kind != RunKind.Deploy && !await runs.IsNewestAsync(run, cancellationToken))
            {
                continue;
            }

            var again = NewRun.Again(run, item.DeliveryId, item.Event.Actor) with { Installation = item.Event.Installation };
            await runs.CreateAsync(again, transaction, cancellationToken);
        }

        return [.. earlier.Select(run => LaneKeys.OfRun(run, clock.GetUtcNow()))];
    }
}
