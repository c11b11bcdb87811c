using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>Where a run stands, with what there is to say about it.</summary>
public abstract record RunReport
{
    private RunReport() { }

    /// <param name="Behind">What it waits for, as a sentence; empty when its turn is next.</param>
    public sealed record Queued(string Behind = "") : RunReport;

    /// <param name="Plan">Null: not worked out yet.</param>
    public sealed record InProgress(Plan? Plan, ImmutableArray<ProgressLine> Progress) : RunReport;

    /// <param name="Plan">What was applied; empty when nothing had to be.</param>
    /// <param name="Release">As people see it.</param>
    public sealed record Succeeded(Plan Plan, ImmutableArray<ProgressLine> Progress, string Release) : RunReport;

    /// <param name="LogLines">Of the application; empty for public repositories. Redacted here.</param>
    /// <param name="LogLink">Where the rest is; null: nowhere.</param>
    public sealed record Failed(FailureCause Cause, ImmutableArray<ProgressLine> Progress, ImmutableArray<string> LogLines, Uri? LogLink) : RunReport;

    public sealed record Superseded(CommitSha By) : RunReport;

    /// <summary>The file, or the release in its district, is not good: annotations say where.</summary>
    public sealed record Rejected(ImmutableArray<Diagnostic> Diagnostics) : RunReport;

    /// <summary>The file is good, and a guard stands against what it would do.</summary>
    public sealed record Refused(Plan Plan, ImmutableArray<Refusal> Refusals) : RunReport;

    /// <summary>Checked and found good, with warnings maybe; nothing is deployed by it.</summary>
    public sealed record Valid(ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<string> Environments) : RunReport;
}

public enum ProgressState { Waiting, Running, Done, Failed }

/// <summary>A step of a run as it is shown.</summary>
/// <param name="Detail">What is seen of it, <c>2 of 3 tasks run</c>; empty when there is nothing.</param>
public sealed record ProgressLine(string What, ProgressState State, string Detail = "");

/// <summary>What a run is about; the frame of everything that is said of it.</summary>
public sealed record RunSubject(DeployTarget Target, string Environment, CommitSha Commit, GitRef Ref, string Image);
