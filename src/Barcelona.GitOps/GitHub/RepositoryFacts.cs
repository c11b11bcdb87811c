using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.GitHub;

/// <param name="Name">The name of today, after renames and transfers.</param>
/// <param name="IsPrivate">Private or internal: application log lines may appear on GitHub.</param>
public sealed record RepositoryFacts(RepositoryName Name, string DefaultBranch, bool IsPrivate, bool IsArchived);
