using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Checks;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Refs;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>
/// Checks the file at one commit: that of a merge group, or one whose checks were asked for again. What is there is brought up to date;
/// a commit whose deploys are its checks gets no other.
/// </summary>
public sealed class CommitWorker(
    GitHubClients gitHub,
    Repositories repositories,
    Runs runs,
    CheckRunReporter checks,
    ManifestReader manifests,
    FileCheck fileCheck,
    EventIntake intake,
    TimeProvider clock)
    : ILaneWorker
{
    private const string Check = "barcelona";

    public string Kind => LaneKinds.Commit;

    public async Task<LaneResult> WorkAsync(Lease lease, CancellationToken cancellationToken)
    {
        var (repository, commit) = LaneKeys.Commit(lease.Key);
        if (await repositories.FindAsync(repository, cancellationToken) is { } known)
        {
            var subject = new CommitSubject(known.Installation, repository, commit);
            var client = await gitHub.ForAsync(subject.Installation, subject.Repository, cancellationToken);
            var earlier = await checks.FindExternalIdAsync(client, commit, Check, CheckIds.IsOfFile, cancellationToken);
            var deployed = (await runs.NewestOfCommitAsync(repository, commit, cancellationToken)).Count > 0;
            if (!deployed && earlier is not null && CheckIds.TryParseRef(earlier) is not null)
            {
                await AskRefAgainAsync(subject, earlier, lease, cancellationToken);
            }
            else if (earlier is not null || !deployed)
            {
                await ReportAsync(subject, earlier ?? CheckIds.Commit(commit), cancellationToken);
            }
        }

        return new LaneResult.Done(lease.WantedSeen);
    }

    public Task NoteTroubleAsync(Lease lease, string trouble, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ReportAsync(CommitSubject subject, string externalId, CancellationToken cancellationToken)
    {
        if (await manifests.ReadAsync(subject, cancellationToken) is { } parsed)
        {
            await fileCheck.ReportAsync(subject, new(Check, externalId), parsed.Diagnostics, cancellationToken);
        }
    }

    /// <summary>Its check stands for a deploy that was never begun: that is what is asked for again.</summary>
    private Task AskRefAgainAsync(CommitSubject subject, string externalId, Lease lease, CancellationToken cancellationToken)
    {
        var again = new RepositoryEvent.CheckRerequested(subject.Repository, subject.Installation, subject.Commit, Check, externalId)
        {
            Actor = lease.Actor,
        };

        // Named by the wish: the same lease looked at again after a crash asks for nothing more.
        return intake.AcceptAsync([new($"again:{lease.Key}:{lease.WantedSeen}", clock.GetUtcNow(), again)], cancellationToken);
    }
}
