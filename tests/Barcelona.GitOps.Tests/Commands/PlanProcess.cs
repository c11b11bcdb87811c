using Barcelona.GitOps.Tests.Scenarios;
using LibGit2Sharp;

namespace Barcelona.GitOps.Tests.Commands;

/// <summary><c>barcelona plan</c> in a clone of <c>acme/shop</c>, with the district files of the stage's folder.</summary>
internal sealed class PlanProcess(Stage stage)
{
    private string Clone => Path.Combine(stage.Folder, "clone");

    private Signature Someone => new("Someone", "someone@example.com", stage.Clock.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Commits the file and plans it.</summary>
    public Task<(int Exit, string Output)> OfAsync(string manifest)
    {
        Repository.Init(Clone);
        File.WriteAllText(Path.Combine(Clone, "barcelona.yml"), manifest);
        using var git = new Repository(Clone);
        if (git.Network.Remotes["origin"] is null)
        {
            git.Network.Remotes.Add("origin", "https://github.com/acme/shop.git");
        }

        LibGit2Sharp.Commands.Stage(git, "*");
        git.Commit("Change", Someone, Someone, new CommitOptions { AllowEmptyCommit = true });
        return RunAsync();
    }

    public void CheckOutTag(string name)
    {
        using var git = new Repository(Clone);
        LibGit2Sharp.Commands.Checkout(git, git.ApplyTag(name, Someone, "Release").PeeledTarget.Sha);
    }

    public Task<(int Exit, string Output)> RunAsync(params string[] more) =>
        new BarcelonaProcess(stage.Sandbox.AwsUrl, Clone, stage.Sandbox.RegistrySettings)
        .RunAsync(["plan", "-e", "production", "--platform", Path.Combine(stage.Folder, "platform"), .. more]);
}
