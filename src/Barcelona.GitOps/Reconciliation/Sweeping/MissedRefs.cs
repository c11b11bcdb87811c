using System.Collections.Immutable;
using System.Globalization;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Storage.Refs;

namespace Barcelona.GitOps.Reconciliation.Sweeping;

/// <summary>
/// Compares heads and tags as the remote has them with what was last looked at. GitHub sends no event for more than three tags in one push,
/// nor for payloads over 25 MB. https://docs.github.com/webhooks/webhook-events-and-payloads#push
/// </summary>
public sealed partial class MissedRefs(
    IManifestSource git, RepositoryAccess access, Repositories repositories, RefStates states, EventIntake intake, LostRuns lostRuns,
    PlatformRepository platform, TimeProvider clock, ILogger<MissedRefs> logger)
{
    /// <returns>How many refs had moved without a word.</returns>
    public async Task<int> FindAsync(CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var known in await repositories.ListAsync(cancellationToken))
        {
            found += await TryCompareAsync(known, cancellationToken);
        }

        return found;
    }

    /// <summary>
    /// The first time we hear of a repository, what is there already is how we found it: without this, its old tags would look like new ones.
    /// </summary>
    public async Task BaselineAsync(CommitSubject subject, GitRef pushed, CancellationToken cancellationToken)
    {
        if ((await states.ListAsync(subject.Repository, cancellationToken)).Count > 0)
        {
            return;
        }

        var heads = await git.HeadsAndTagsAsync(
            await access.ForAsync(subject.Installation, subject.Repository, cancellationToken), cancellationToken);
        var known = new KnownRepository { Name = subject.Repository, Installation = subject.Installation };
        await FoundAsync(known, heads, [.. heads.Where(h => h.Ref == pushed)], cancellationToken);
    }

    /// <summary>What was under way when the database was lost is ended first, and is news once more.</summary>
    /// <param name="news">What is looked at by itself.</param>
    private async Task FoundAsync(
        KnownRepository known, ImmutableArray<RemoteRef> heads, IReadOnlyCollection<RemoteRef> news, CancellationToken cancellationToken)
    {
        if (await lostRuns.FindAsync(known, heads, platform.Is(known.Name), cancellationToken) is { } lost)
        {
            var again = lost.Heads.Except(news).ToArray();
            await AcceptAsync(known, again, ImmutableDictionary<GitRef, RefState>.Empty, cancellationToken);
            await lostRuns.EndAsync(lost, cancellationToken);
            news = [.. news, .. again];
        }

        await NoteAsync(known.Name, heads.Except(news), cancellationToken);
    }

    // All or none: of a baseline that was half written, the other half would look like news.
    private Task NoteAsync(RepositoryName repository, IEnumerable<RemoteRef> heads, CancellationToken cancellationToken) =>
        states.SetManyAsync(heads.Select(h => new RefState(repository, h.Ref, h.Commit.Value, clock.GetUtcNow())), cancellationToken);

    /// <summary>One repository that cannot be read keeps no other from being looked at.</summary>
    private async Task<int> TryCompareAsync(KnownRepository known, CancellationToken cancellationToken)
    {
        try
        {
            return await CompareAsync(known, cancellationToken);
        }
        catch (GitHubRefusedException refused)
        {
            // The App was taken off it, or it is gone. What was looked at stays known: the next event of it makes up for the time between.
            LogSkipped(known.Name, refused.Message);
            await repositories.RemoveAsync(known.Name, within: null, cancellationToken);
        }
        catch (GitUnavailableException trouble)
        {
            LogSkipped(known.Name, trouble.Message);
        }
        catch (GitHubUnavailableException limit) when (limit.Reason is UnavailableReason.RateLimit or UnavailableReason.SecondaryRateLimit)
        {
            // Each installation has a budget of its own.
            LogSkipped(known.Name, limit.Message);
        }

        return 0;
    }

    private async Task<int> CompareAsync(KnownRepository known, CancellationToken cancellationToken)
    {
        var looked = (await states.ListAsync(known.Name, cancellationToken)).ToDictionary(s => s.Ref);
        var heads = await git.HeadsAndTagsAsync(await access.ForAsync(known.Installation, known.Name, cancellationToken), cancellationToken);

        // The first time all that is there is how we found it: old branches and tags are no news, the default branch is.
        var first = looked.Count == 0;
        var moved = heads
            .Where(h => looked.TryGetValue(h.Ref, out var last) ? last.Commit != h.Commit.Value : !first || h.Ref.ShortName == known.DefaultBranch)
            .ToList();
        if (first)
        {
            await FoundAsync(known, heads, moved, cancellationToken);
        }

        await ForgetGoneAsync(looked.Values, heads, cancellationToken);
        await AcceptAsync(known, moved, looked, cancellationToken);
        return moved.Count;
    }

    private Task AcceptAsync(
        KnownRepository known, IEnumerable<RemoteRef> moved, IReadOnlyDictionary<GitRef, RefState> looked, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var events = moved.Select(h =>
            new AcceptedEvent(NameOf(known, h, looked.GetValueOrDefault(h.Ref), now), now, Moved(known, h)) { IsSwept = true });
        return intake.AcceptAsync([.. events], cancellationToken);
    }

    /// <summary>A ref whose deletion nobody told of; when it comes back, it is news. An empty answer is no proof that all are gone.</summary>
    private async Task ForgetGoneAsync(IEnumerable<RefState> looked, ImmutableArray<RemoteRef> heads, CancellationToken cancellationToken)
    {
        var there = heads.Select(h => h.Ref).ToHashSet();
        foreach (var gone in looked.Where(s => there.Count > 0 && !there.Contains(s.Ref)))
        {
            await states.RemoveAsync(gone.Repository, gone.Ref, within: null, cancellationToken);
        }
    }

    /// <summary>The same for each sweep that finds the same, and another one when the ref comes back to a commit that it had before.</summary>
    private static string NameOf(KnownRepository known, RemoteRef head, RefState? last, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"sweep:{known.Name}:{head.Ref}:{head.Commit}:{(last is { } state ? state.LookedAt.ToUnixTimeMilliseconds() : $"{now:yyyyMMddHH}")}");

    private static RepositoryEvent Moved(KnownRepository known, RemoteRef head) => head.Ref.IsTag
        ? new RepositoryEvent.TagPushed(known.Name, known.Installation, head.Ref, head.Commit.Value, known.DefaultBranch ?? "")
        : new RepositoryEvent.BranchPushed(known.Name, known.Installation, head.Ref, head.Commit, "", known.DefaultBranch ?? "");

    [LoggerMessage(LogLevel.Warning, "Sweep: {Repository} is passed over: {Reason}")]
    private partial void LogSkipped(RepositoryName repository, string reason);
}
