using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Git;

/// <summary>What a ref means now, as the remote says.</summary>
/// <param name="Commit">Annotated tags are peeled.</param>
/// <param name="Date">When it was made: an annotated tag's own date, otherwise the commit's.</param>
public sealed record ResolvedRef(GitRef Ref, CommitSha Commit, DateTimeOffset Date);

/// <param name="Commit">Annotated tags are peeled.</param>
public sealed record RemoteRef(GitRef Ref, CommitSha Commit);
