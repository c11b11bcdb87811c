using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>The image tag of a run: from the file's pattern, or for bcnd's stable branch the hash of the merge base.</summary>
public sealed class ImageTags(IManifestSource git, RepositoryAccess access, RefResolver refs)
{
    public async Task<string> RenderAsync(Run run, ImageTagRule rule, CancellationToken cancellationToken) => rule switch
    {
        ImageTagRule.Pattern(var text) => ImageTag.Render(text, run.Commit, run.Ref),
        ImageTagRule.MergeBase(var mainline, _) => (await MergeBaseAsync(run, mainline, cancellationToken)).Value,
        _ => throw new InvalidOperationException($"A rule for image tags that nobody knows: {rule.GetType().Name}."),
    };

    private async Task<CommitSha> MergeBaseAsync(Run run, GitRef mainline, CancellationToken cancellationToken)
    {
        var repository = await access.ForAsync(run.Installation, run.Repository, cancellationToken);
        var head = await refs.ResolveAsync(run.Installation, run.Repository, mainline, cancellationToken);

        // Without a mainline, or without common history, the stable commit itself is what there is.
        return head is null ? run.Commit : await git.MergeBaseAsync(repository, head.Commit, run.Commit, cancellationToken) ?? run.Commit;
    }
}
