using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.Storage.Refs;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>
/// Says what happened to a ref as the rules want to hear it: with its live head, whatever the deliveries said and in whatever order they came.
/// </summary>
public sealed class RefMessages(GitHubClients gitHub, Repositories repositories, IManifestSource git, RepositoryAccess access)
{
    public async Task<string> DefaultBranchAsync(PushedRef pushed, CancellationToken cancellationToken)
    {
        if ((pushed.DefaultBranch ?? (await repositories.FindAsync(pushed.Repository, cancellationToken))?.DefaultBranch) is { } known)
        {
            return known;
        }

        var facts = await (await gitHub.ForAsync(pushed.Installation, pushed.Repository, cancellationToken)).DescribeAsync(cancellationToken);
        await repositories.UpsertAsync(
            new()
            {
                Name = pushed.Repository,
                Installation = pushed.Installation,
                DefaultBranch = facts.DefaultBranch,
                IsPrivate = facts.IsPrivate,
            },
            within: null,
            cancellationToken);
        return facts.DefaultBranch;
    }

    public async Task<RepositoryEvent> EventAsync(PushedRef pushed, ResolvedRef head, string defaultBranch, CancellationToken cancellationToken)
    {
        if (pushed.Ref.IsTag)
        {
            return new RepositoryEvent.TagPushed(pushed.Repository, pushed.Installation, pushed.Ref, head.Commit.Value, defaultBranch);
        }

        var message = pushed.Events.LastOrDefault(e => e.Commit == head.Commit.Value && e.Message.Length > 0)?.Message
            ?? await git.CommitMessageAsync(
                await access.ForKnownCommitAsync(pushed.Installation, pushed.Repository, cancellationToken), head.Commit, cancellationToken);

        // Who presses re-run wants the deploy, whatever the commit says.
        var asked = pushed.Events.Any(e => e.Kind == RefEventKind.Rerequest);
        return new RepositoryEvent.BranchPushed(pushed.Repository, pushed.Installation, pushed.Ref, head.Commit, asked ? "" : message, defaultBranch);
    }
}
