using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Triggers;

public enum CommitCheckState { Pending, Passed, Failed }

/// <summary>A check or status that somebody put on a commit.</summary>
/// <param name="Said">In GitHub's word: <c>timed_out</c>, <c>error</c>.</param>
public sealed record CommitCheck(string Name, CommitCheckState State, string Said, string? Link);

/// <summary>Whether what <c>wait_for</c> names has succeeded on a commit.</summary>
public abstract record WaitFor
{
    private WaitFor() { }

    public sealed record Passed : WaitFor;

    /// <param name="Names">Those that have not ended, or are not there yet.</param>
    public sealed record Pending(ImmutableArray<string> Names) : WaitFor;

    public sealed record Failed(ImmutableArray<CommitCheck> Checks) : WaitFor;

    /// <summary>Checks and statuses may share a name: then all of that name must have passed.</summary>
    public static WaitFor Judge(IEnumerable<string> wanted, IReadOnlyCollection<CommitCheck> seen)
    {
        var names = wanted.Distinct(StringComparer.Ordinal).ToImmutableArray();
        var failed = seen.Where(c => c.State == CommitCheckState.Failed && names.Contains(c.Name, StringComparer.Ordinal)).ToImmutableArray();
        var pending = names
            .Where(n => !seen.Any(c => c.Name == n) || seen.Any(c => c.Name == n && c.State == CommitCheckState.Pending)).ToImmutableArray();
        return failed.Length > 0 ? new Failed(failed) : pending.Length > 0 ? new Pending(pending) : new Passed();
    }
}
