using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Storage.Refs;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>
/// Compares heads and tags as the remote has them with what was last looked at. GitHub sends no event for more than three tags in one push,
/// nor for payloads over 25 MB. https://docs.github.com/webhooks/webhook-events-and-payloads#push
/// </summary>
public sealed class MissedRefs(IManifestSource git, RepositoryAccess access, Repositories repositories, RefStates states, EventIntake intake, TimeProvider clock)
{
    /// <returns>How many refs had moved without a word.</returns>
    public async Task<int> FindAsync(CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var known in await repositories.ListAsync(cancellationToken))
        {
            found += await CompareAsync(known, cancellationToken);
        }

        return found;
    }

    /// <summary>
    /// The first time we hear of a repository, what is there already is how we found it: without this, its old tags would look like new ones.
    /// </summary>
    public async Task BaselineAsync(CommitSubject subject, GitRef pushed, CancellationToken cancellationToken)
    {
        if ((await states.ListAsync(subject.Repository, cancellationToken)).Count > 0)
        {
            return;
        }

        var heads = await git.HeadsAndTagsAsync(await access.ForAsync(subject.Installation, subject.Repository, cancellationToken), cancellationToken);
        await NoteAsync(subject.Repository, heads.Where(h => h.Ref != pushed), cancellationToken);
    }

    private async Task NoteAsync(RepositoryName repository, IEnumerable<RemoteRef> heads, CancellationToken cancellationToken)
    {
        foreach (var head in heads)
        {
            await states.SetAsync(new(repository, head.Ref, head.Commit.Value, clock.GetUtcNow()), within: null, cancellationToken);
        }
    }

    private async Task<int> CompareAsync(KnownRepository known, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var heads = await git.HeadsAndTagsAsync(await access.ForAsync(known.Installation, known.Name, cancellationToken), cancellationToken);
        var looked = (await states.ListAsync(known.Name, cancellationToken)).ToDictionary(s => s.Ref, s => s.Commit);

        // The first time all that is there is how we found it: old branches and tags are no news, the default branch is.
        var first = looked.Count == 0;
        var moved = heads.Where(h => looked.TryGetValue(h.Ref, out var last) ? last != h.Commit.Value : !first || h.Ref.ShortName == known.DefaultBranch).ToList();
        await NoteAsync(known.Name, heads.Except(moved).Where(h => !looked.ContainsKey(h.Ref)), cancellationToken);
        await intake.AcceptAsync([.. moved.Select(h => new AcceptedEvent($"sweep:{known.Name}:{h.Ref}:{h.Commit}", now, Moved(known, h)))], cancellationToken);
        return moved.Count;
    }

    private static RepositoryEvent Moved(KnownRepository known, RemoteRef head) => head.Ref.IsTag
        ? new RepositoryEvent.TagPushed(known.Name, known.Installation, head.Ref, head.Commit.Value, known.DefaultBranch ?? "")
        : new RepositoryEvent.BranchPushed(known.Name, known.Installation, head.Ref, head.Commit, "", known.DefaultBranch ?? "");
}
