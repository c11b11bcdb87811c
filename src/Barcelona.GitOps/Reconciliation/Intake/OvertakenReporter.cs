using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Checks;
using Barcelona.GitOps.GitHub.Http;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>
/// A push that was overtaken before anybody looked at it has no run; its check says by which commit. In a storm only the newest few are told:
/// a thousand checks would use up the installation's budget, and nobody reads them. When that runs low, none is: deploys need the rest.
/// </summary>
public sealed partial class OvertakenReporter(GitHubClients gitHub, CheckRunReporter checks, ILogger<OvertakenReporter> logger)
{
    private const int MostTold = 5;

    public async Task ReportAsync(PushedRef pushed, CommitSha head, string environment, CancellationToken cancellationToken)
    {
        // What says that nothing is to be deployed waits for no verdict.
        var overtaken = pushed.Events.Where(e => SkipWords.In(e.Message) is null && e.Commit != head.Value)
            .Select(e => e.Commit).Distinct().Reverse().Take(MostTold)
            .Select(c => CommitSha.TryParse(c, out var sha) ? sha : null).OfType<CommitSha>().ToList();
        if (overtaken.Count == 0 || pushed.Ref.IsTag)
        {
            return;
        }

        var client = await gitHub.ForAsync(pushed.Installation, pushed.Repository, cancellationToken);
        foreach (var commit in overtaken)
        {
            if (client.IsBudgetScarce)
            {
                LogNotTold(pushed.Repository, pushed.Ref, head);
                return;
            }

            var identity = new CheckIdentity(commit, $"barcelona/{environment}", CheckIds.Ref(pushed.Ref));
            try
            {
                if (await checks.FindByExternalIdAsync(client, identity, cancellationToken) is null)
                {
                    await ReportAsync(client, identity, head, cancellationToken);
                }
            }
            catch (GitHubRefusedException refused)
            {
                // A commit that a force-push left behind may be gone by now. It must not stand in the way of the one that is deployed.
                LogUntold(commit, refused.Message);
            }
        }
    }

    private Task<long> ReportAsync(RepositoryClient client, CheckIdentity identity, CommitSha head, CancellationToken cancellationToken)
    {
        var report = new CheckReport
        {
            Title = $"Superseded by {head.Abbreviated}",
            Summary = $"Before this commit was looked at, {head.Value} had taken its place. That one is deployed.",
        };
        return checks.CreateCompletedAsync(client, identity, CheckVerdict.Cancelled, report, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "{Commit} was overtaken and cannot be told: {Reason}")]
    private partial void LogUntold(CommitSha commit, string reason);

    [LoggerMessage(LogLevel.Information,
        "{Repository}: pushes to {Ref} that {Head} overtook get no check; less than half of GitHub's hourly budget is left")]
    private partial void LogNotTold(RepositoryName repository, GitRef @ref, CommitSha head);
}
