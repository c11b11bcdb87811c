using LibGit2Sharp;

namespace Barcelona.GitOps.Sandbox.Git;

/// <summary>How two commits relate, as GitHub's comparison says it.</summary>
public sealed record GitComparison(string MergeBase, IReadOnlyList<GitCommit> Ahead, int BehindBy)
{
    /// <summary>identical, ahead, behind or diverged.</summary>
    public string Status => (Ahead.Count, BehindBy) switch
    {
        (0, 0) => "identical",
        (_, 0) => "ahead",
        (0, _) => "behind",
        _ => "diverged",
    };
}

/// <summary>Questions about commits and what lies between them.</summary>
public sealed class GitHistory(BareRepository repository)
{
    /// <summary>GitHub lists no more commits than this in a push.</summary>
    private const int MostCommits = 2048;

    /// <summary>Commits reachable from one commit, newest first.</summary>
    public IReadOnlyList<GitCommit> Log(string from, int most) => repository.Ask(git =>
        git.Commits.QueryBy(new CommitFilter { IncludeReachableFrom = from }).Take(most).Select(BareRepository.Describe).ToList());

    /// <summary>Commits of <paramref name="head"/> that none of <paramref name="known"/> has, oldest first.</summary>
    public IReadOnlyList<GitCommit> New(string head, IReadOnlyCollection<string> known) => repository.Ask(git =>
    {
        var filter = new CommitFilter { IncludeReachableFrom = head, SortBy = CommitSortStrategies.Topological };
        if (known.Count > 0)
            filter.ExcludeReachableFrom = known.Where(sha => git.Lookup<Commit>(sha) is not null).ToList();
        var commits = git.Commits.QueryBy(filter).Take(MostCommits).Select(BareRepository.Describe).ToList();
        commits.Reverse();
        return commits;
    });

    /// <summary>Null where the two have no ancestor in common.</summary>
    public GitComparison? Compare(string baseSha, string headSha) => repository.Ask(git =>
    {
        var (from, to) = (git.Lookup<Commit>(baseSha), git.Lookup<Commit>(headSha));
        if (git.ObjectDatabase.FindMergeBase(from, to) is not { } mergeBase)
            return null;
        var ahead = git.Commits
            .QueryBy(new CommitFilter { IncludeReachableFrom = to, ExcludeReachableFrom = from, SortBy = CommitSortStrategies.Topological })
            .Select(BareRepository.Describe).ToList();
        ahead.Reverse();
        var behind = git.Commits.QueryBy(new CommitFilter { IncludeReachableFrom = from, ExcludeReachableFrom = to }).Count();
        return new GitComparison(mergeBase.Sha, ahead, behind);
    });

    public bool IsAncestor(string ancestor, string descendant) => repository.Ask(git =>
    {
        var (older, newer) = (git.Lookup<Commit>(ancestor), git.Lookup<Commit>(descendant));
        return older is not null && newer is not null && git.ObjectDatabase.FindMergeBase(older, newer)?.Sha == older.Sha;
    });

    /// <summary>Paths that a commit touched, by status, against its first parent; without the cost of the differences themselves.</summary>
    public ILookup<string, string> Touched(GitCommit commit) => repository.Ask(git =>
    {
        var parent = commit.Parents.Count == 0 ? null : git.Lookup<Commit>(commit.Parents[0]).Tree;
        using var changes = git.Diff.Compare<TreeChanges>(parent, git.Lookup<Commit>(commit.Sha).Tree);
        return changes.ToLookup(c => Status(c.Status), c => c.Path);
    });

    /// <summary>Files that differ; without a base everything counts as added.</summary>
    public IReadOnlyList<GitFileChange> Changes(string? baseSha, string headSha) => repository.Ask(git =>
    {
        using var patch = git.Diff.Compare<Patch>(baseSha is null ? null : git.Lookup<Commit>(baseSha).Tree, git.Lookup<Commit>(headSha).Tree);
        return patch.Select(Describe).ToList();
    });

    private static GitFileChange Describe(PatchEntryChanges entry) => new(entry.Path, entry.OldPath == entry.Path ? null : entry.OldPath,
        Status(entry.Status), (entry.Status == ChangeKind.Deleted ? entry.OldOid : entry.Oid).Sha)
    {
        Additions = entry.LinesAdded,
        Deletions = entry.LinesDeleted,
        Patch = entry.Patch,
    };

    private static string Status(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "added",
        ChangeKind.Deleted => "removed",
        ChangeKind.Renamed => "renamed",
        ChangeKind.Copied => "copied",
        _ => "modified",
    };
}
