using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Storage.Refs;

/// <param name="Commit">As the ref names it: for an annotated tag the tag's own id.</param>
public sealed record RefState(RepositoryName Repository, GitRef Ref, string Commit, DateTimeOffset LookedAt);
