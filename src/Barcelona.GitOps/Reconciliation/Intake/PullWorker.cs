using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Storage.Refs;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>
/// Checks the file, in the platform repository all district files, at a pull request's head. Reads git and writes a check: nothing here leads to
/// AWS, so a fork may be looked at too.
/// </summary>
public sealed class PullWorker(
    GitHubClients gitHub, Repositories repositories, ManifestReader manifests, PlatformRepository platform, FileCheck fileCheck) : ILaneWorker
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
                var check = new CheckSubject("barcelona", CheckIds.Pull(number));
                var manifest = await manifests.ReadAsync(subject, cancellationToken);
                if (platform.Is(repository))
                {
                    var files = await platform.ReadAsync(subject, cancellationToken);
                    ImmutableArray<Diagnostic> all = [.. manifest?.Diagnostics ?? [], .. files.ByName.Values.SelectMany(f => f.Diagnostics)];
                    await fileCheck.ReportAsync(subject, check with { What = "Every district file" }, all, cancellationToken);
                }
                else if (manifest is not null)
                {
                    await fileCheck.ReportAsync(subject, check, manifest.Diagnostics, cancellationToken);
                }
            }
        }

        return new LaneResult.Done(lease.WantedSeen);
    }

    public Task NoteTroubleAsync(Lease lease, string trouble, CancellationToken cancellationToken) => Task.CompletedTask;
}
