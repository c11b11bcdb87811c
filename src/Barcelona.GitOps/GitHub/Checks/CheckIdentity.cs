using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.GitHub.Checks;

/// <summary>Which check run it is: enough to find it again when the answer to its creation was lost.</summary>
/// <param name="Name"><c>barcelona</c>, <c>barcelona/&lt;environment&gt;</c>: branch protection depends on it.</param>
/// <param name="ExternalId">Our own id, unique per run.</param>
public sealed record CheckIdentity(CommitSha Commit, string Name, string ExternalId);

/// <summary>A check run that has no verdict.</summary>
public sealed record OpenCheck(long Id, CheckIdentity Identity);
