using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Storage.Refs;

/// <summary>A repository's name as a key: in lower case, because the databases compare with case and GitHub does not.</summary>
internal static class StoredName
{
#pragma warning disable CA1308 // Lower case is how GitHub's own addresses are commonly written; the names are ASCII.
    public static string Of(RepositoryName repository) => repository.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
