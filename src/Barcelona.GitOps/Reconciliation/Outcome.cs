using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>How a pass over a run ended. All but <see cref="InProgress"/> are final.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>What this release asked for is what runs, in every service.</summary>
    /// <param name="Changed">False: nothing had to be written.</param>
    public sealed record Converged(bool Changed) : Outcome;

    /// <summary>AWS is at work; look again later.</summary>
    /// <param name="What">For people: what is being waited for.</param>
    public sealed record InProgress(TimeSpan After, string What) : Outcome
    {
        /// <summary>What stands in the way of anything new; null: nothing does.</summary>
        public string? Trouble { get; init; }
    }

    /// <summary>A user's mistake, said at its line. Never retried.</summary>
    public sealed record Rejected(ImmutableArray<Diagnostic> Diagnostics) : Outcome;

    /// <summary>The file is good, and a guard stands against what it would do. Never retried.</summary>
    public sealed record Refused(string Reason) : Outcome;

    /// <param name="Cause">One line: what happened, and to which service.</param>
    /// <param name="Evidence">Lines that show it, already redacted.</param>
    public sealed record Failed(string Cause, ImmutableArray<string> Evidence) : Outcome
    {
        public Failed(string cause) : this(cause, []) { }

        /// <summary>AWS has put back what ran before.</summary>
        public bool WentBack { get; init; }

        /// <summary>The cause at the line of the file that it is about; null: it is about none.</summary>
        public Diagnostic? Remark { get; init; }
    }

    /// <param name="By">What is newer; null when it can no longer be told.</param>
    public sealed record Superseded(CommitSha? By, string Reason) : Outcome;

    public sealed record Cancelled(string Reason) : Outcome;

    /// <summary>It was rolled back from, and nobody has asked for it again.</summary>
    public sealed record Held(string Reason) : Outcome;
}
