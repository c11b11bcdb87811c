namespace Barcelona.GitOps.Tests.Scenarios.Histories.Truth;

/// <summary>What must be true whatever happens. Each rule looks at one thing that was seen and says what is wrong with it; null: nothing.</summary>
internal static class Rules
{
    private static readonly string[] Ends = ["success", "failure", "error", "inactive"];

    public static string? OneWriter(WriteSeen write)
    {
        if (!write.HoldsLease)
        {
            return $"one writer per target: expected a worker with the valid lease of {write.Lane}, "
                + $"saw {write.Operation} {write.On} by one that had lost it";
        }

        // barcelona-app--default--shop and default--shop--web belong to target default/shop.
        var own = string.Concat(write.Lane.Split(' ')[^1].Replace("/", "--", StringComparison.Ordinal), "--");
        return write.On.Length == 0 || $"{write.On}--".Contains(own, StringComparison.Ordinal)
            ? null
            : $"one writer per target: expected writes to {write.Lane} only, saw {write.Operation} {write.On}";
    }

    public static string? NoOverlap(WriteSeen write) =>
        write is { IsOfStack: true, IsRepeated: false } && write.StackStatus.EndsWith("_IN_PROGRESS", StringComparison.Ordinal)
            ? $"no two stack operations overlap: expected {write.On} at rest, saw {write.Operation} while it was {write.StackStatus}"
            : null;

    public static string? NewestAtWrite(WriteSeen write) => write.Wish is { Wanted: { } wanted } wish && !wanted.Contains(wish.Commit)
        ? $"newest wins: expected {write.On} to become {Short(wanted)}, which was wanted then, "
            + $"saw {write.Operation} to {Short(wish.Commit)} ({wish.Ref})"
        : null;

    /// <summary>An update may be asked for twice, when its answer was lost: that is the same release.</summary>
    public static string? ReleasesIncrease(string target, StackWish? before, StackWish now) =>
        before is null || now.Release > before.Release || (now.Release == before.Release && now.Commit == before.Commit)
            ? null
            : $"releases: expected a number above {before.Release} ({Short(before.Commit)}) for {target}, saw {now.Release} ({Short(now.Commit)})";

    public static string? VerdictIsTrue(VerdictSeen verdict)
    {
        if (verdict.Conclusion != "success" || verdict.RanOnce.Any(c => c.StartsWith(verdict.Promised, StringComparison.Ordinal)))
        {
            return null;
        }

        return verdict.IsSteady && verdict.Running.Count > 0 && verdict.Running.All(c => c.StartsWith(verdict.Promised, StringComparison.Ordinal))
            ? null
            : $"verdict equals truth: expected {Short(verdict.Promised)} in every service when {verdict.Name} says success ({verdict.Title}), "
                + $"saw {Short(verdict.Running)}{(verdict.IsSteady ? "" : ", not steady")}";
    }

    /// <param name="later">Commits that were wanted of the target then or later.</param>
    public static string? VerdictSaysWhy(VerdictSeen verdict, IReadOnlyCollection<string> later) => verdict.Conclusion switch
    {
        "failure" when verdict.Title is not { Length: > 12 } =>
            $"verdict equals truth: expected a cause in the title of {verdict.Name} on {Short(verdict.Sha)}, saw '{verdict.Title}'",
        "cancelled" when verdict.Title.StartsWith("Superseded by ", StringComparison.Ordinal)
            && !later.Any(c => c.StartsWith(verdict.Title.Split(' ')[^1], StringComparison.Ordinal)) =>
            $"verdict equals truth: expected {verdict.Name} on {Short(verdict.Sha)} to name what was newer ({Short(later)}), saw '{verdict.Title}'",
        "neutral" when verdict.Title.Split(' ', ':')[0] != "Held" =>
            $"verdict equals truth: expected {verdict.Name} on {Short(verdict.Sha)} to say why it is neutral, saw '{verdict.Title}'",
        _ => null,
    };

    public static string? VerdictIsFinal(CheckSeen before, CheckSeen after) =>
        before.Status == "completed" && (after.Status != "completed" || after.Conclusion != before.Conclusion)
            ? $"one verdict per check: expected {before.Name} on {Short(before.Sha)} to stay {before.Conclusion}, "
                + $"saw {after.Status} {after.Conclusion}"
            : null;

    /// <param name="questions">Commits for which somebody is asked: those deployments wait.</param>
    public static string? AllEnd(IEnumerable<CheckSeen> checks, IEnumerable<DeploymentSeen> deployments, IReadOnlyCollection<string> questions) =>
        checks.FirstOrDefault(c => c.Status != "completed") is { } open
            ? $"every check ends: expected a verdict of {open.Name} on {Short(open.Sha)} after quiet, saw {open.Status}"
            : deployments.FirstOrDefault(d => !Ends.Contains(d.State) && !questions.Contains(d.Sha)) is { } waiting
                ? $"every deployment ends: expected an end of {waiting.Environment} at {Short(waiting.Sha)} after quiet, "
                    + $"saw {waiting.State ?? "no status"}"
                : null;

    public static string? NewestWins(OutcomeSeen outcome)
    {
        if (outcome.Conclusion is not { } conclusion || !outcome.Possible.ContainsKey(conclusion))
        {
            return $"newest wins: expected {string.Join(" or ", outcome.Possible.Select(p => $"{p.Key} ({p.Value})"))} of {Short(outcome.Newest)} "
                + $"for {outcome.Target}, saw {outcome.Conclusion ?? "no check"} ({outcome.Title})";
        }

        IReadOnlyCollection<string> may = conclusion == "success" ? [outcome.Newest] : outcome.Earlier;
        return outcome.Running.All(r => may.Contains(r)) && (conclusion != "success" || outcome.Running.Count > 0)
            ? null
            : $"newest wins: expected {outcome.Target} to run {Short(may)} after {Short(outcome.Newest)} came to {conclusion}, "
                + $"saw {Short(outcome.Running)}";
    }

    /// <summary>The converse of <see cref="VerdictIsTrue"/>: who says that it failed, and not that AWS goes on, does not serve afterwards.</summary>
    public static string? FailureIsTrue(OutcomeSeen outcome) => outcome is { Conclusion: "failure", IsSteady: true, MayRunOtherwise: false }
        && outcome.Running.Count > 0 && outcome.Running.All(r => r == outcome.Newest)
        && !outcome.Title.Contains("goes on", StringComparison.Ordinal)
            ? $"verdict equals truth: expected {Short(outcome.Newest)} not to serve {outcome.Target} after its check said failure "
                + $"({outcome.Title}), saw it in every service"
            : null;

    public static string? NothingWritten(string when, IEnumerable<string> writes) =>
        string.Join(", ", writes) is { Length: > 0 } seen ? $"{when}: expected no write to AWS, saw {seen}" : null;

    private static string Short(string commit) => commit.Length > 7 ? commit[..7] : commit;

    private static string Short(IEnumerable<string> commits) =>
        string.Join(" or ", commits.Select(Short).Distinct()) is { Length: > 0 } any ? any : "nothing";
}
