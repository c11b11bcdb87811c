using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.GitHub;

/// <param name="Target">A commit's id, or an annotated tag's own: peeled by <see cref="RepositoryClient.HeadAsync"/>.</param>
public sealed record RefTip(GitRef Ref, string Target, bool IsAnnotatedTag);
