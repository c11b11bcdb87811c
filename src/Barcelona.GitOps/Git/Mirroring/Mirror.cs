using System.Security.Cryptography;
using System.Text;
using LibGit2Sharp;

namespace Barcelona.GitOps.Git.Mirroring;

/// <summary>
/// A bare repository on local disk that holds what was fetched of a remote. Only a cache: whatever is wrong with it is mended by deleting it.
/// Never a working tree, so that no hook, filter or link of a repository's own can come into play.
/// </summary>
internal sealed class Mirror(string path)
{
    public const string Remote = "origin";

    // Each fetch leaves a pack, and libgit2 never packs them together. Past this, a fresh clone is cheaper to read.
    private const int MaxPacks = 100;

    private static readonly ConfigurationLevel[] OutsideLevels =
        [ConfigurationLevel.System, ConfigurationLevel.Global, ConfigurationLevel.Xdg, ConfigurationLevel.ProgramData];

    static Mirror()
    {
        // The machine's own git configuration is about its people: proxies, credential helpers, URL rewriting.
        foreach (var level in OutsideLevels)
        {
            GlobalSettings.SetConfigSearchPaths(level, "");
        }
    }

    /// <summary>One at a time: two fetches into one repository fail on its lock files.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public Repository Open(GitAccess access)
    {
        if (!Repository.IsValid(path) || CountPacks() > MaxPacks)
        {
            Delete();
            Repository.Init(path, isBare: true);
        }

        var repository = new Repository(path);
        if (repository.Network.Remotes[Remote] is null)
        {
            repository.Network.Remotes.Add(Remote, access.CloneUrl.AbsoluteUri);

            // Where a redirect leads, the token must not go.
            repository.Config.Set("http.followRedirects", "false", ConfigurationLevel.Local);
        }

        return repository;
    }

    public void Delete()
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        // Objects are written read-only, which on Windows keeps them from being deleted.
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(path, recursive: true);
    }

    /// <summary>
    /// Where a fetched ref is kept: by hash, because two refs of a remote's past may differ in case only, or one be the folder of the other.
    /// What is kept tells the remote at the next fetch what need not be sent.
    /// </summary>
    public static string LocalName(string remoteName) =>
        $"refs/gitops/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(remoteName)))[..40]}";

    private int CountPacks()
    {
        var packs = Path.Combine(path, "objects", "pack");
        return Directory.Exists(packs) ? Directory.EnumerateFiles(packs, "*.pack").Count() : 0;
    }
}
