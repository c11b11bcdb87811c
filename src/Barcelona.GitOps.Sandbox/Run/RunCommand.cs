using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.Hosting;

namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>
/// The story of `./run`: an empty account, the service, a district by a push to the platform repository, an application by a push to its own,
/// and then whatever the person at the keyboard pushes.
/// </summary>
internal sealed class RunCommand(RunOptions options, Terminal terminal, TimeProvider clock)
{
    private const int Interrupted = 130;

    /// <summary>For each of the two pushes: a run that ends by itself ends within a minute and a half.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

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
        // Both are there before the service is: what it finds when it first looks is no news to it.
        var platform = host.GitHub.CreateRepository("acme", "platform", isPrivate: true);
        var application = host.GitHub.CreateRepository("acme", "sinatra-demo", isPrivate: true);
        var url = new Uri($"http://127.0.0.1:{ServiceProcess.FreePort()}/");
        host.GitHub.WebhookUrl = new Uri(url, "github/webhooks");
        await using var service = ServiceProcess.Start(options.ServicePath, url, ServiceSettings.For(host, url, workspace), workspace.ServiceLog);
        terminal.Line($"GitHub {host.GitHubApiUrl}  AWS {host.AwsUrl}  service {url}", Tone.Faint);
        if (!await service.BecomesReadyAsync(clock, stop))
            return NotReady(workspace);

        host.GitHub.Changed += new DeployNarrator(terminal, clock).Tell;
        var succeeded = await ConvergePlatformAsync(platform, workspace, stop) && await DeployExampleAsync(application, workspace, stop);
        if (!options.Once)
            return await ServeAsync(service, url, workspace, stop);
        return succeeded ? 0 : 1;
    }

    private async Task<bool> ConvergePlatformAsync(SandboxRepository repository, Workspace workspace, CancellationToken stop)
    {
        terminal.Line("An empty account. First the district:", Tone.Heading);
        var copy = new WorkingCopy(workspace.Platform);
        var verdict = new PlatformVerdict(repository, await copy.CreateAsync(options.PlatformDirectory, repository.CloneUrl, stop));
        var isThere = await PushAsync(copy, verdict, workspace, stop);
        terminal.Line(isThere ? "The district stands." : "The district does not stand.", isThere ? Tone.Good : Tone.Bad);
        return isThere;
    }

    private async Task<bool> DeployExampleAsync(SandboxRepository repository, Workspace workspace, CancellationToken stop)
    {
        terminal.Line("Then the application:", Tone.Heading);
        var copy = new WorkingCopy(workspace.Application);
        var verdict = new DeployVerdict(repository, await copy.CreateAsync(options.ExampleDirectory, repository.CloneUrl, stop));
        var isDeployed = await PushAsync(copy, verdict, workspace, stop);
        terminal.Line(isDeployed ? "Deployed." : "Not deployed.", isDeployed ? Tone.Good : Tone.Bad);
        return isDeployed;
    }

    private async Task<bool> PushAsync(WorkingCopy copy, IVerdict verdict, Workspace workspace, CancellationToken stop)
    {
        verdict.Repository.GitHub.Changed += verdict.Look;
        try
        {
            await copy.PushAsync(stop);
            return await verdict.Task.WaitAsync(Patience, clock, stop);
        }
        catch (TimeoutException)
        {
            terminal.Line($"No verdict after {Patience.TotalSeconds:0} seconds.", Tone.Bad);
            TellLog(workspace);
            return false;
        }
        finally
        {
            verdict.Repository.GitHub.Changed -= verdict.Look;
        }
    }

    private async Task<int> ServeAsync(ServiceProcess service, Uri url, Workspace workspace, CancellationToken stop)
    {
        terminal.Line();
        terminal.Line("Your turn. In another terminal:", Tone.Heading);
        terminal.Block($"""
            cd {workspace.Application}
            $EDITOR barcelona.yml             # count: 2 below the service, for example; or break it
            git commit -am "Change it"
            git push

            cd {workspace.Platform}
            $EDITOR districts/default.yml     # another instance type, or another cidr_block: see what is refused
            git commit -am "Change the district"
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

    private void TellLog(Workspace workspace)
    {
        terminal.Line("The end of the service's log:", Tone.Faint);
        terminal.Block(string.Join('\n', ServiceProcess.ReadLog(workspace.ServiceLog).TakeLast(30)), "    ");
    }
}
