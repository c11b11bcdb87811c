using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Reporting;

/// <summary>What people read of rollbacks, restarts, and of a commit that is held.</summary>
public sealed class RollbackTexts(GitHubClients gitHub)
{
    public static string UnderWay(Run run) => run.IsRollback
        ? $"Rolling {TargetOf(run)} back to release {run.OfRelease}, {run.Commit.Abbreviated}"
        : $"Restarting {Services(run)} of {TargetOf(run)}";

    public static string Done(Run run) => run.IsRollback
        ? $"Rolled {TargetOf(run)} back to release {run.OfRelease}, {run.Commit.Abbreviated}"
        : $"Restarted {Services(run)} of {TargetOf(run)}";

    /// <summary>Paragraphs for a check's summary; empty for an ordinary deploy.</summary>
    public string Explain(Run run) => (run.Kind, run.State) switch
    {
        (RunKind.Rollback, not (RunState.Superseded or RunState.Cancelled)) => $"""
            Put back are the image of release {run.OfRelease}, the configuration of {MarkdownText.Code(run.Commit.Value)} (services, schedules,
            variables, rules), and the versions of secrets that the release ran with. The district is as it is now. Values in Systems Manager
            (`ssm_path`) are not ours to put back: tasks get what is there when they start.

            {(run.Hold is { } held ? $"{Held(run, held)}\n\n" : "")}
            """.TrimEnd() + "\n\n",
        (RunKind.Restart, not (RunState.Superseded or RunState.Cancelled)) =>
            "New tasks of the release that runs, with the secrets and parameters that are current now.\n\n",
        (RunKind.Deploy, RunState.Held) => $"""
            {Held(run, run.Commit)}
            To deploy it after all, put its own release back: `barcelona releases {TargetOf(run)}` has the number for
            `barcelona rollback {TargetOf(run)} --to N`.


            """,
        _ => "",
    };

    private string Held(Run run, CommitSha held) =>
        $"{MarkdownText.Code(held.Value)} is held: re-runs and the sweep do not deploy it again. The next other commit does, and ends the hold. "
        + $"To take it back in git, [open the commit]({CommitPage(run.Repository, held)}), follow its pull request and press *Revert*.";

    /// <summary>A pull request has a button to revert it, and no address of its own for that; its commit leads to it.</summary>
    public Uri CommitPage(RepositoryName repository, CommitSha commit)
    {
        var clone = gitHub.CloneUrl(repository).AbsoluteUri;
        return new($"{(clone.EndsWith(".git", StringComparison.Ordinal) ? clone[..^4] : clone)}/commit/{commit}");
    }

    private static string Services(Run run) =>
        run.Restarts is { Length: > 0 } named ? named.Replace(",", ", ", StringComparison.Ordinal) : "the services";

    private static string TargetOf(Run run) => $"{run.District}/{run.Heritage}";
}
