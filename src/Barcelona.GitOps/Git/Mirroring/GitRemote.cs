using LibGit2Sharp;
using LibGit2Sharp.Handlers;

namespace Barcelona.GitOps.Git.Mirroring;

/// <summary>A conversation with one remote over libgit2: listing and fetching, with a limit and without leaving credentials anywhere.</summary>
internal sealed class GitRemote(Repository repository, GitAccess access, CancellationToken cancellationToken)
{
    // GitHub's name for "the password is a token".
    private const string TokenUser = "x-access-token";

    /// <summary>All refs by full name; an annotated tag also as <c>name^{}</c>, peeled.</summary>
    public Dictionary<string, string> List()
    {
        var references = repository.Network.ListReferences(repository.Network.Remotes[Mirror.Remote], Credentials());
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reference in references)
        {
            // HEAD is symbolic and says nothing that its branch does not.
            if (reference is DirectReference)
            {
                targets[reference.CanonicalName] = reference.TargetIdentifier;
            }
        }

        return targets;
    }

    /// <param name="source">A ref's full name, or an object's id.</param>
    public void Fetch(string source)
    {
        var options = new FetchOptions
        {
            // Full history, always: libgit2 forgets that a clone was shallow at the next fetch, and then history has holes.
            TagFetchMode = TagFetchMode.None,
            Prune = false,
            OnTransferProgress = _ => !cancellationToken.IsCancellationRequested,
            OnProgress = _ => !cancellationToken.IsCancellationRequested,
            CredentialsProvider = Credentials(),
        };
        LibGit2Sharp.Commands.Fetch(repository, Mirror.Remote, [$"+{source}:{Mirror.LocalName(source)}"], options, logMessage: null);
    }

    /// <summary>
    /// The token only on demand, once, and to our host alone. A ready-made Authorization header would go wherever the remote redirects to,
    /// and libgit2 asks for credentials again for as long as they are refused.
    /// </summary>
    private CredentialsHandler Credentials()
    {
        var asked = 0;
        return (url, _, _) =>
        {
            if (access.Token is null || asked++ > 0 || !IsOurHost(url))
            {
                // It crosses native code, of which only the message comes back.
                throw new LibGit2SharpException(GitErrors.NotAccepted);
            }

            return new UsernamePasswordCredentials { Username = TokenUser, Password = access.Token };
        };
    }

    private bool IsOurHost(string url) => Uri.TryCreate(url, UriKind.Absolute, out var asking)
        && asking.Scheme == access.CloneUrl.Scheme
        && asking.Authority == access.CloneUrl.Authority;
}
