namespace Barcelona.GitOps.Tests.Scenarios.Histories.Truth;

/// <summary>A write to AWS on its way out of a worker, and how things were at that moment.</summary>
/// <param name="On">The stack or family that it is about; empty: cannot be told.</param>
/// <param name="Lane">What the worker is at work on: <c>target default/shop</c>.</param>
internal sealed record WriteSeen(string Operation, string On, string Lane)
{
    /// <summary>The worker's lease is the valid one.</summary>
    public required bool HoldsLease { get; init; }

    /// <summary>Of the stack that it is about; empty: there is none.</summary>
    public string StackStatus { get; init; } = "";

    /// <summary>The same call once more, whose answer was lost.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>What the app stack is asked to become; null: it is another write.</summary>
    public StackWish? Wish { get; init; }

    public bool IsOfStack => Operation is "CreateStack" or "UpdateStack";
}

/// <param name="Wanted">Commits that somebody wanted at that moment; null: nobody can tell.</param>
internal sealed record StackWish(string Commit, string Ref, long Release, IReadOnlyCollection<string>? Wanted);

/// <summary>A check that has ended, and what ran at that moment.</summary>
internal sealed record VerdictSeen(string Name, string Sha, string Conclusion, string Title)
{
    /// <summary>Of all services of its target, by tag; empty: nothing runs.</summary>
    public IReadOnlyCollection<string> Running { get; init; } = [];

    public bool IsSteady { get; init; }

    /// <summary>Commits that ran in every service since its run was made, where a verdict may be told late; empty: nothing has held it up.</summary>
    public IReadOnlyCollection<string> RanOnce { get; init; } = [];

    public bool IsOfRollback => Name.StartsWith("barcelona/rollback/", StringComparison.Ordinal);

    /// <summary>The commit that is to run if it is a success: a rollback's is in its title.</summary>
    public string Promised => IsOfRollback ? Title.Split(' ')[^1] : Sha;
}

/// <summary>A check as GitHub shows it.</summary>
internal sealed record CheckSeen(long Id, string Name, string Sha, string Status, string? Conclusion);

/// <param name="State">Of its newest status; null: it has none.</param>
internal sealed record DeploymentSeen(string Environment, string Sha, string? State);

/// <summary>What a target has come to when everything is quiet.</summary>
internal sealed record OutcomeSeen(string Target, string Newest)
{
    /// <summary>Of the newest wish's check; null: there is no check.</summary>
    public required string? Conclusion { get; init; }

    public string Title { get; init; } = "";

    /// <summary>Conclusions that the model finds possible, each with its reason.</summary>
    public required IReadOnlyDictionary<string, string> Possible { get; init; }

    /// <summary>Commits that run in its services.</summary>
    public required IReadOnlyCollection<string> Running { get; init; }

    /// <summary>All of them run, and nothing is on its way.</summary>
    public bool IsSteady { get; init; }

    /// <summary>Something other than the newest wish's own deploy may have brought it there: it ran before, or was asked for again.</summary>
    public bool MayRunOtherwise { get; init; }

    /// <summary>What may run if the newest wish did not come to run.</summary>
    public IReadOnlyCollection<string> Earlier { get; init; } = [];
}
