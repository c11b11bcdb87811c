using System.Diagnostics;

namespace Barcelona.GitOps.Sandbox.Tests.GitHub;

/// <summary>Real git, blind to the settings of whoever runs the tests.</summary>
internal static class GitCli
{
    public static async Task<string> RunAsync(string directory, params string[] arguments)
    {
        var (exit, output, error) = await TryAsync(directory, arguments);
        Assert.True(exit == 0, $"git {string.Join(' ', arguments)}: {error}");
        return output.Trim();
    }

    public static async Task<(int Exit, string Output, string Error)> TryAsync(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_AUTHOR_NAME"] = "alice",
            ["GIT_AUTHOR_EMAIL"] = "alice@example.com",
            ["GIT_COMMITTER_NAME"] = "alice",
            ["GIT_COMMITTER_EMAIL"] = "alice@example.com",
        })
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("git did not start");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
