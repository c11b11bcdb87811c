using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Storage.History;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Acts;

/// <summary>Scenarios in which a person asks for something by name.</summary>
public abstract class ActScenario : Scenario
{
    protected static readonly DeployTarget Target = new("default", "shop");

    protected const string App = "barcelona-app--default--shop";

    private int _asked;

    /// <summary>Of the app stack, as they were asked for.</summary>
    protected int Updates => Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Count(c => (string?)c.Request["StackName"] == App);

    protected string StatusOfApp => Stage.Aws.SeenStacks.Single(s => s.Name == App).Status;

    protected async Task<IReadOnlyList<Release>> ReleasesAsync() => await Get<ReleaseHistory>().ListAsync(Target, Stop);

    /// <summary>Asks, without letting it run.</summary>
    protected async Task<Run> AskRollbackAsync(long? to = null)
    {
        var rollbacks = Get<Rollbacks>();
        return await rollbacks.StartAsync(await rollbacks.FindAsync(Target, to, Stop), Asker(), Stop);
    }

    protected async Task<Run> RollBackAsync(long? to = null)
    {
        var run = await AskRollbackAsync(to);
        await Stage.RunUntilQuietAsync();
        return run;
    }

    protected Asker Asker() => new("maintainer", $"wish {_asked++}");

    protected T Get<T>() where T : notnull => Stage.Services.GetRequiredService<T>();

    /// <summary>From now on every image but these crashes at its start.</summary>
    protected void OnlyHealthy(params string[] commits)
    {
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));
        foreach (var commit in commits)
        {
            Stage.Aws.Images.Set($"acme/shop:{commit}", new ImageBehaviour.Healthy());
        }
    }

    /// <summary>An update under way that does not come up by itself, of an application that runs.</summary>
    protected async Task<string> SlowUpdateAsync()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.NeverHealthy());
        Stage.Aws.Images.Set($"acme/shop:{good}", new ImageBehaviour.Healthy());
        var slow = await PushAsync(Manifests.Shop + "# slow\n");
        await Stage.RunUntilAsync(() => Updates == 1);
        return slow;
    }

    protected SandboxCheckRun RollbackCheck(string sha) =>
        Shop.CheckRuns.Last(c => c.HeadSha == sha && c.Name == "barcelona/rollback/production");

    protected SandboxCheckRun NewestCheck(string sha) => Shop.CheckRuns.Last(c => c.HeadSha == sha && c.Name == "barcelona/production");

    /// <summary>A parameter of the newest update, or creation, of the app stack that was sent.</summary>
    protected string? SentParameter(string name)
    {
        var sent = Stage.Aws.Calls.Writes.Last(c => c.Operation is "CreateStack" or "UpdateStack" && (string?)c.Request["StackName"] == App);
        return (string?)sent.Request["Parameters"]?.AsArray().FirstOrDefault(p => (string?)p?["ParameterKey"] == name)?["ParameterValue"];
    }

    protected IReadOnlyList<string> WritesAfter(int count) => [.. Stage.Aws.Calls.Writes.Skip(count).Select(c => c.ToString())];
}
