using System.Collections.Immutable;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Checks;
using Barcelona.GitOps.Reconciliation.Running;

namespace Barcelona.GitOps.Reconciliation.Gates;

/// <summary><c>wait_for</c>: checks and statuses on the commit that must have succeeded.</summary>
public sealed class CheckGate(GitHubClients gitHub, TimeProvider clock)
{
    /// <summary>As long as a job of GitHub Actions may take.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    public async Task<GateReading> ReadAsync(ActiveRun run, DeploySettings deploy, CancellationToken cancellationToken)
    {
        if (deploy.WaitFor.IsEmpty)
        {
            return new GateReading.Open();
        }

        var client = await gitHub.ForAsync(run.Row.Installation, run.Row.Repository, cancellationToken);
        var seen = await CommitChecks.ReadAsync(client, run.Row.Commit, cancellationToken);
        return WaitFor.Judge(deploy.WaitFor.Select(c => c.Value), seen) switch
        {
            WaitFor.Passed => new GateReading.Open(),
            WaitFor.Failed(var failed) => Failed(failed),
            WaitFor.Pending(var names) when run.Progress.ChecksAwaitedSince is { } since && clock.GetUtcNow() - since > Longest =>
                TimeIsUp(names, run.Row.Commit),
            WaitFor.Pending(var names) => new GateReading.Waiting(string.Join(", ", names)),
            var other => throw new InvalidOperationException($"A verdict that nobody knows: {other.GetType().Name}."),
        };
    }

    private static GateReading.Shut Failed(ImmutableArray<CommitCheck> checks) => new(
        $"{string.Join(", ", checks.Select(c => $"{c.Name} ended with {c.Said}"))}: nothing was changed. Mend it, or re-run it and then this check.",
        [.. checks.Where(c => c.Link is not null).Select(c => $"{c.Name}: {c.Link}")]);

    private static GateReading.Shut TimeIsUp(ImmutableArray<string> names, CommitSha commit) => new(
        $"After {Longest.TotalHours:0} hours there is no result of {string.Join(", ", names)} on {commit.Abbreviated}: nothing was changed.",
        ["'wait_for' takes the name of a check run, such as a job's, or the context of a status, letter by letter."]);
}
