using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.Storage.Refs;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>Checks the file at a pull request's head. Reads git and writes a check: nothing here leads to AWS, so a fork may be looked at too.</summary>
public sealed class PullWorker(GitHubClients gitHub, Repositories repositories, ManifestReader manifests, FileCheck fileCheck) : ILaneWorker
{
    public string Kind => LaneKinds.Pull;

    public async Task<LaneResult> WorkAsync(Lease lease, CancellationToken cancellationToken)
    {
        var (repository, number) = LaneKeys.Pull(lease.Key);
        if (await repositories.FindAsync(repository, cancellationToken) is { } known)
        {
            var client = await gitHub.ForAsync(known.Installation, repository, cancellationToken);
            if (await client.PullRequestHeadAsync(number, cancellationToken) is { } head)
            {
                var subject = new CommitSubject(known.Installation, repository, head);
                if (await manifests.ReadAsync(subject, cancellationToken) is { } parsed)
                {
                    await fileCheck.ReportAsync(subject, new("barcelona", CheckIds.Pull(number)), parsed.Diagnostics, cancellationToken);
                }
            }
        }

        return new LaneResult.Done(lease.WantedSeen);
    }

    public Task NoteTroubleAsync(Lease lease, string trouble, CancellationToken cancellationToken) => Task.CompletedTask;
}
