using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Tests.Scenarios.Histories.Steps;

namespace Barcelona.GitOps.Tests.Scenarios.Histories.Truth;

/// <summary>What somebody wanted of a target.</summary>
/// <param name="At">When, in steps of the history.</param>
internal sealed record Wish(string Commit, Content Content, int At)
{
    public bool IsRollback { get; init; }

    /// <summary>A tag's; of a rollback the one that it goes back to.</summary>
    public string? Version { get; init; }

    /// <summary>Checks with a higher id are about it.</summary>
    public long After { get; init; }
}

/// <summary>
/// What must become of a target, as far as a person can tell who knows what was pushed, pressed and broken, and nothing of the service.
/// </summary>
internal sealed class TargetModel(Deployed target)
{
    private readonly List<Wish> _wishes = [];
    private readonly HashSet<Wish> _unseen = [];
    private (DateTimeOffset At, bool IsTold) _moved;
    private int _sinceSuccess = -1;

    public Deployed Target => target;

    public IReadOnlyList<Wish> Wishes => _wishes;

    /// <summary>Commits that ran in every service, in the order in which they were seen to, and since when.</summary>
    public List<(string Commit, DateTimeOffset Since)> Ran { get; } = [];

    /// <summary>Commits whose check said success, in that order; also those that were put back.</summary>
    public List<string> Succeeded { get; } = [];

    /// <summary>Release numbers with their commits, as AWS was asked for them.</summary>
    public List<StackWish> Releases { get; } = [];

    /// <summary>What AWS was asked for last; empty: for nothing.</summary>
    public IEnumerable<string> LastAsked => Releases.TakeLast(1).Select(r => r.Commit);

    public HashSet<string> Approved { get; } = [];

    public HashSet<string> PerhapsApproved { get; } = [];

    /// <summary>Commits of its branch that nobody wants deployed.</summary>
    public HashSet<string> Skipped { get; } = [];

    /// <summary>When the branch last got such a head, in steps; -1: never.</summary>
    public int SkippedAt { get; private set; } = -1;

    /// <summary>Commits that were restarted since everything was quiet.</summary>
    public HashSet<string> Restarted { get; } = [];

    /// <summary>Commits that failed of what was broken on purpose.</summary>
    public HashSet<string> Excused { get; } = [];

    /// <summary>In steps; -1: never.</summary>
    public int CancelledAt { get; set; } = -1;

    /// <summary>A check was asked for again, or the database is gone: what that means for a commit that is not held is not told here.</summary>
    public int AgainAt { get; set; } = -1;

    /// <summary>Commits that were asked for again by one of their checks.</summary>
    public HashSet<string> AskedAgain { get; } = [];

    /// <summary>Something was broken on purpose that a deploy may fail of.</summary>
    public int HarmedAt { get; set; } = -1;

    /// <summary>Somebody pressed the button that puts back what ran before: what came of it is seen on its check.</summary>
    public bool IsPutBack { get; set; }

    /// <summary>What that button may have put back: also what came to run when its own check had already been superseded.</summary>
    private IEnumerable<string> PutBack => IsPutBack ? Succeeded.Concat(Ran.Select(r => r.Commit)).Distinct() : [];

    /// <summary>Webhooks were late or lost: the sweep may tell of a push before its own delivery does, which alone knows who pushed.</summary>
    public bool IsToldTwice { get; set; }

    /// <summary>Approvals were forgotten.</summary>
    public bool IsForgetful { get; set; }

    /// <summary>The newest wish: the last that was uttered, but that a lower version is not newer than a higher one.</summary>
    public Wish? Newest => _wishes.Aggregate((Wish?)null, (best, next) =>
        best is null || next.IsRollback || !target.IsByTags || IsNotLower(next.Version, best.Version) ? next : best);

    public void Want(Wish wish) => _wishes.Add(wish);

    /// <summary>Its branch gets another head. Of two that come at the same moment, or that nobody was told of, the first may never be looked at.</summary>
    public void Move(DateTimeOffset now, bool isTold)
    {
        if ((now == _moved.At || !_moved.IsTold) && _wishes.LastOrDefault(w => !w.IsRollback) is { } last)
        {
            _unseen.Add(last);
        }

        _moved = (now, isTold);
    }

    /// <summary>The newest wish may never be looked at.</summary>
    public bool IsNewestUnseen => Newest is { } newest && _unseen.Contains(newest);

    /// <summary>When its branch last got another head.</summary>
    public DateTimeOffset MovedAt => _moved.At;

    public void Succeed(string commit)
    {
        Succeeded.Add(commit);
        _sinceSuccess = _wishes.FindLastIndex(w => w.Commit == commit);
    }

    public void Skip(string commit, int step)
    {
        Skipped.Add(commit);
        SkippedAt = step;
    }

    /// <summary>The release that ran before the one that runs; null: there is none.</summary>
    public StackWish? Before(string? running) =>
        Releases.LastOrDefault(r => r.Commit != running && Succeeded.Contains(r.Commit));

    /// <param name="head">Of the branch; null for tags.</param>
    /// <param name="deployedRef">What the stack says now.</param>
    public IReadOnlyCollection<string> WantedAt(string commit, string wishedRef, string? head, string? deployedRef)
    {
        var byName = _wishes.Where(w => w.IsRollback).Select(w => w.Commit).TakeLast(1).Concat(Restarted)
            .Concat(PutBack).ToList();
        if (!target.IsByTags)
        {
            // Below a head that deploys nothing what was wanted last, and seen, goes on.
            var pushed = _wishes.Where(w => !w.IsRollback).ToList();
            var below = pushed.Where(w => w.Content is not (Content.Broken or Content.Refused)).Reverse().ToList();
            var goesOn = head is not null && (Skipped.Contains(head) || pushed is [.., { Content: Content.Broken or Content.Refused }])
                ? below.Take(1 + below.TakeWhile(_unseen.Contains).Count()).Select(w => w.Commit)
                : [];
            return head is null ? byName : [head, .. goesOn, .. byName];
        }

        var isNotLower = deployedRef is null || IsNotLower(VersionOf(wishedRef), VersionOf(deployedRef));
        return isNotLower ? [commit, .. byName] : byName;
    }

    /// <summary>Conclusions that the newest wish may have come to, each with its reason.</summary>
    /// <param name="hold">What the stack says that it holds.</param>
    public IReadOnlyDictionary<string, string> PossibleOf(Wish newest, string? hold)
    {
        var possible = new Dictionary<string, string>();
        var asks = target.Approved && !newest.IsRollback;
        if (asks && (IsForgetful || !Approved.Contains(newest.Commit)))
        {
            possible["action_required"] = "nobody has approved";
        }

        if (!asks || Approved.Contains(newest.Commit) || PerhapsApproved.Contains(newest.Commit))
        {
            var runs = newest.Content is Content.Good or Content.Skip;
            var (conclusion, reason) = runs ? ("success", "nothing stands against it") : ("failure", "it cannot run");
            possible[conclusion] = reason;
        }

        if (CancelledAt >= newest.At)
        {
            possible["cancelled"] = "somebody cancelled";
        }

        if (HarmedAt >= 0 || Excused.Contains(newest.Commit))
        {
            possible["failure"] = "something was broken on purpose";
        }

        if (!newest.IsRollback && hold == newest.Commit && _wishes.Exists(w => w.IsRollback))
        {
            possible["neutral"] = "it was rolled back from";
        }

        return possible;
    }

    /// <summary>Commits that ran then or later.</summary>
    public IReadOnlyCollection<string> RanAfter(DateTimeOffset then) =>
        [.. Ran.Where((_, i) => i == Ran.Count - 1 || Ran[i + 1].Since >= then).Select(r => r.Commit)];

    /// <summary>
    /// What may run where the newest wish does not: what was last seen to succeed, or what was wanted since and was finished by AWS alone.
    /// </summary>
    public IReadOnlyCollection<string> EarlierThan(Wish newest)
    {
        if (Succeeded.Count == 0)
        {
            return [.. Ran.Select(r => r.Commit).Where(c => c != newest.Commit)];
        }

        // Since the wish that succeeded: one for the same commit that came later may never have been begun, and AWS knows nothing of it.
        return [Succeeded[^1], .. _wishes.Skip(_sinceSuccess + 1).Select(w => w.Commit).Where(c => Ran.Exists(r => r.Commit == c) && c != newest.Commit)];
    }

    /// <summary>
    /// Commits that were wanted from a commit's first wish on. Where somebody asked again, also itself and heads that nobody wanted by themselves;
    /// where somebody pressed the button that goes back, also what ran.
    /// </summary>
    public IReadOnlyCollection<string> From(string commit) =>
    [
        .. AgainAt >= 0 || IsToldTwice ? [commit] : Array.Empty<string>(),
        .. AgainAt >= 0 ? Skipped : [],
        .. AskedAgain,
        .. PutBack.Where(c => c != commit),
        .. _wishes.SkipWhile(w => w.Commit != commit).Skip(1).Select(w => w.Commit),
        .. _wishes.Where(w => target.IsByTags).Select(w => w.Commit),
    ];

    public static string? VersionOf(string gitRef) =>
        gitRef.StartsWith("refs/tags/", StringComparison.Ordinal) ? gitRef["refs/tags/".Length..] : null;

    private static bool IsNotLower(string? next, string? than) =>
        !SemVer.TryParse(next ?? "", out var a) || !SemVer.TryParse(than ?? "", out var b) || a.CompareTo(b) >= 0;
}
