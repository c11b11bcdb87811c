using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Barcelona.GitOps.Git.Mirroring;

/// <summary>The mirrors of this process, one per remote.</summary>
public sealed class Mirrors(CacheDirectory cache)
{
    private readonly ConcurrentDictionary<string, Mirror> _mirrors = new(StringComparer.Ordinal);
    private int _abandoned;

    internal Mirror Of(GitAccess repository) => _mirrors.GetOrAdd(KeyOf(repository), key => new Mirror(Path.Combine(cache.Folder, key)));

    /// <summary>
    /// Leaves a mirror to a call that does not return: libgit2 cannot be interrupted while it waits for a server.
    /// The next one starts in another folder.
    /// </summary>
    internal void Abandon(GitAccess repository, Mirror mirror)
    {
        var key = KeyOf(repository);
        _mirrors.TryUpdate(key, new Mirror(Path.Combine(cache.Folder, $"{key}-{Interlocked.Increment(ref _abandoned)}")), mirror);
    }

    // A name for people to recognise and a hash that decides; hosts and GitHub's names have no case.
    private static string KeyOf(GitAccess repository)
    {
        var url = repository.ToString().ToLowerInvariant();
        var name = string.Concat(Path.GetFileNameWithoutExtension(url).Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(40));
        return $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)))[..16]}";
    }
}
