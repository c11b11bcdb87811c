using System.Diagnostics;
using Barcelona.GitOps.Sandbox.Git;

namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>An example as a developer has it: a git work tree whose origin is the sandbox.</summary>
internal sealed class WorkingCopy(string directory)
{
    /// <summary>Returns the hash of its first commit, which holds all files of the example.</summary>
    public async Task<string> CreateAsync(string example, Uri origin, CancellationToken stop)
    {
        foreach (var file in Directory.EnumerateFiles(example, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(directory, Path.GetRelativePath(example, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? directory);
            File.Copy(file, copy);
        }
        await GitAsync(stop, "init", "--quiet", "--initial-branch=main");
        await GitAsync(stop, "remote", "add", "origin", origin.AbsoluteUri);
        await GitAsync(stop, "config", "user.name", "Developer");
        await GitAsync(stop, "config", "user.email", "developer@example.com");
        await GitAsync(stop, "config", "push.autoSetupRemote", "true");
        await GitAsync(stop, "config", "commit.gpgSign", "false");
        // Empty means none: the remote is on this machine, whatever proxy leads out of it.
        await GitAsync(stop, "config", "http.proxy", "");
        return await CommitAsync("Begin", stop);
    }

    /// <summary>Commits whatever was changed, and gives the commit.</summary>
    public async Task<string> CommitAsync(string message, CancellationToken stop)
    {
        await GitAsync(stop, "add", "--all");
        await GitAsync(stop, "commit", "--quiet", "--message", message);
        return (await GitAsync(stop, "rev-parse", "HEAD")).Trim();
    }

    public Task PushAsync(CancellationToken stop) => GitAsync(stop, "push", "--quiet", "origin", "main");

    private async Task<string> GitAsync(CancellationToken stop, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        GitEnvironment.Isolate(start.Environment);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("git did not start");
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var error = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed: {await error}");
    }
}
