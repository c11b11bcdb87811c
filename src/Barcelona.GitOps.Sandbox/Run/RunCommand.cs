using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.Hosting;

namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>The story of `./run`: sandbox, district, service, push, deploy, and then whatever the person at the keyboard pushes.</summary>
internal sealed class RunCommand(RunOptions options, Terminal terminal, TimeProvider clock)
{
    private const int Interrupted = 130;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The exit code: 0 when the deploy succeeded, or when a person ended the serving.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var workspace = Workspace.Create(isTemporary: options.Once);
        try
        {
            return await RunAsync(workspace, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            terminal.Line("Stopped.", Tone.Faint);
            return options.Once ? Interrupted : 0;
        }
    }

    private async Task<int> RunAsync(Workspace workspace, CancellationToken stop)
    {
        await using var host = await SandboxHost.StartAsync(new SandboxHostOptions
        {
            GitHub = new SandboxGitHubOptions { DataDirectory = workspace.Repositories, Clock = clock, AnonymousPusher = "you" },
            Aws = new SandboxAwsOptions { Clock = clock, Timings = SandboxTimings.Fast },
        }, stop);
        await SeededDistrict.WriteAsync(host.Aws, workspace.Platform, stop);
        var url = new Uri($"http://127.0.0.1:{ServiceProcess.FreePort()}/");
        host.GitHub.WebhookUrl = new Uri(url, "github/webhooks");
        await using var service = ServiceProcess.Start(options.ServicePath, url, ServiceSettings.For(host, url, workspace), workspace.ServiceLog);
        terminal.Line($"GitHub {host.GitHubApiUrl}  AWS {host.AwsUrl}  service {url}", Tone.Faint);
        if (!await service.BecomesReadyAsync(clock, stop))
            return NotReady(workspace);

        var repository = host.GitHub.CreateRepository("acme", "sinatra-demo", isPrivate: true);
        host.GitHub.Changed += new DeployNarrator(terminal, clock).Tell;
        var deployed = await DeployExampleAsync(repository, workspace, stop);
        if (!options.Once)
            return await ServeAsync(service, url, workspace, stop);
        return deployed ? 0 : 1;
    }

    private async Task<bool> DeployExampleAsync(SandboxRepository repository, Workspace workspace, CancellationToken stop)
    {
        var clone = new ExampleClone(workspace.Clone);
        var verdict = new DeployVerdict(repository, await clone.CreateAsync(options.ExampleDirectory, repository.CloneUrl, stop));
        repository.GitHub.Changed += verdict.Look;
        await clone.PushAsync(stop);
        try
        {
            var deployed = await verdict.Task.WaitAsync(Patience, clock, stop);
            Conclude(deployed);
            return deployed;
        }
        catch (TimeoutException)
        {
            terminal.Line($"No verdict after {Patience.TotalSeconds:0} seconds.", Tone.Bad);
            TellLog(workspace);
            return false;
        }
        finally
        {
            repository.GitHub.Changed -= verdict.Look;
        }
    }

    private async Task<int> ServeAsync(ServiceProcess service, Uri url, Workspace workspace, CancellationToken stop)
    {
        terminal.Line();
        terminal.Line("Your turn. In another terminal:", Tone.Heading);
        terminal.Block($"""
            cd {workspace.Clone}
            $EDITOR barcelona.yml             # count: 2 below the service, for example; or break it
            git commit -am "Change it"
            git push
            """, "    ");
        terminal.Line($"and watch here. The service is at {url}, its log in {workspace.ServiceLog}. Ctrl-C ends everything.");
        terminal.Line();
        await service.ExitedAsync(stop);
        terminal.Line("The service ended by itself.", Tone.Bad);
        TellLog(workspace);
        return 1;
    }

    private int NotReady(Workspace workspace)
    {
        terminal.Line("The service did not become ready.", Tone.Bad);
        TellLog(workspace);
        return 1;
    }

    private void Conclude(bool deployed)
    {
        if (deployed)
            terminal.Line("Deployed.", Tone.Good);
        else
            terminal.Line("Not deployed.", Tone.Bad);
    }

    private void TellLog(Workspace workspace)
    {
        terminal.Line("The end of the service's log:", Tone.Faint);
        terminal.Block(string.Join('\n', ServiceProcess.ReadLog(workspace.ServiceLog).TakeLast(30)), "    ");
    }
}
