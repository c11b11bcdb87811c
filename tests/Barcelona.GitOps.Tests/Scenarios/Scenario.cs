using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Tests.Scenarios;

/// <summary>
/// A stage with one repository, <c>acme/shop</c>. At its end every request that GitHub got must be one that GitHub's own description allows.
/// </summary>
public abstract class Scenario : IAsyncLifetime
{
    private Stage? _stage;

    protected Stage Stage => _stage ?? throw new InvalidOperationException("The stage is not set yet.");

    private SandboxRepository? _shop;

    protected SandboxRepository Shop => _shop ?? throw new InvalidOperationException("The stage is not set yet.");

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected virtual StageOptions Options => new();

    public virtual async ValueTask InitializeAsync()
    {
        _stage = await Stage.SetAsync(Options);
        _shop = Stage.GitHub.CreateRepository("acme", "shop");
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_stage is null)
        {
            // Skipped before it was set.
            return;
        }

        var wrong = GitHubContract.Violations(Stage.GitHub.Requests);
        await Stage.DisposeAsync();
        Assert.Empty(wrong);
    }

    /// <summary>Commits barcelona.yml, lets the deploy run to its end, and gives the commit.</summary>
    protected async Task<string> PushAndSettleAsync(string manifest, string branch = "main")
    {
        var sha = await PushAsync(manifest, branch);
        await Stage.RunUntilQuietAsync();
        return sha;
    }

    protected Task<string> PushAsync(string manifest, string branch = "main") =>
        Shop.CommitAsync(branch, new Dictionary<string, string> { ["barcelona.yml"] = manifest }, "Change barcelona.yml");

    /// <summary>The only check of that name on the commit.</summary>
    protected SandboxCheckRun Check(string sha, string name = "barcelona/production") =>
        Assert.Single(Shop.CheckRuns, c => c.HeadSha == sha && c.Name == name);
}
