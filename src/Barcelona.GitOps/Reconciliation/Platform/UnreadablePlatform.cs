using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Checks;
using Barcelona.GitOps.Reconciliation.Intake;

namespace Barcelona.GitOps.Reconciliation.Platform;

/// <summary>Tells those who pushed that nobody can say where their commit goes, and what mends it.</summary>
public sealed class UnreadablePlatform(GitHubClients gitHub, CheckRunReporter checks)
{
    /// <summary>The platform repository, or the right to see it, is not there: trying again alone does not help.</summary>
    public static bool IsCause(Exception trouble) => trouble is PlatformRepositoryException || Patience.IsHopeless(trouble);

    public async Task TellAsync(CommitSubject subject, GitRef pushed, string reason, CancellationToken cancellationToken)
    {
        var client = await gitHub.ForAsync(subject.Installation, subject.Repository, cancellationToken);
        var identity = new CheckIdentity(subject.Commit, "barcelona", CheckIds.Ref(pushed));
        var report = new CheckReport
        {
            Title = "The district files cannot be read",
            Summary = $"""
                {MarkdownText.Inline(Redactor.Redact(reason))}

                Without them nobody knows where this commit goes, and nothing is deployed. Whoever runs Barcelona mends it: the App must be
                installed on the platform repository (`Platform__Repository`), and that must have its default branch.
                It is tried again every few minutes; re-run this check to try at once.
                """,
        };
        if (await checks.FindByExternalIdAsync(client, identity, cancellationToken) is { } id)
        {
            await checks.CompleteAsync(client, id, CheckVerdict.Failure, report, cancellationToken);
        }
        else
        {
            await checks.CreateCompletedAsync(client, identity, CheckVerdict.Failure, report, cancellationToken);
        }
    }
}
