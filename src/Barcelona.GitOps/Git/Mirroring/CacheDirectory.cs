using System.Globalization;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Git.Mirroring;

/// <summary>
/// A folder that belongs to this process alone: <c>1</c>, <c>2</c>, … below the configured one, the first that nobody holds. libgit2 keeps two
/// processes from fetching into one repository only by failing. What the last owner left is used again.
/// </summary>
public sealed class CacheDirectory : IDisposable
{
    private const int MaxProcesses = 64;

    private readonly Lazy<(string Folder, FileStream Lock)> _claim;

    public CacheDirectory(IOptions<GitOptions> options) => _claim = new(() => Claim(options.Value.CacheDirectory));

    public string Folder => _claim.Value.Folder;

    public void Dispose()
    {
        if (_claim.IsValueCreated)
        {
            _claim.Value.Lock.Dispose();
        }
    }

    private static (string Folder, FileStream Lock) Claim(string root)
    {
        for (var n = 1; n <= MaxProcesses; n++)
        {
            var folder = Path.Combine(root, n.ToString(CultureInfo.InvariantCulture));
            CreatePrivate(folder);
            try
            {
                return (folder, new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                // Held by another process; the system releases it when that one ends, however it ends.
            }
        }

        throw new InvalidOperationException($"Git__CacheDirectory '{root}' is in use by {MaxProcesses} processes.");
    }

    // Private code is in there, and the temporary directory is everybody's.
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
