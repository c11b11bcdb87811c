using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Tests.Scenarios.Crashes;
using Barcelona.GitOps.Tests.Scenarios.Notices;

namespace Barcelona.GitOps.Tests.Scenarios.BeforeDeploys;

/// <summary>What it writes is shown for private repositories only, redacted; for the others it is said where to read it.</summary>
public sealed class OutputScenarios : BeforeDeployScenario
{
    private const string Canary = "canary-5c1f0b7e", Line = "migrating 20260401120000 AddOrders";

    private readonly WorkerLife _life = new() { HearsAll = true };

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(9, true)]
    [InlineData(9, false)]
    public async Task Its_output_is_in_the_check_of_a_private_repository_only(int exitCode, bool isPrivate)
    {
        var (repository, sha) = await PrintingAsync(exitCode, isPrivate, Line, "DATABASE_PASSWORD=$DATABASE_PASSWORD");

        var check = Assert.Single(repository.CheckRuns, c => c.Name == "barcelona/production" && c.HeadSha == sha);
        Assert.Equal(exitCode == 0 ? "success" : "failure", check.Conclusion);
        Assert.Equal(isPrivate, check.Text?.Contains(Line, StringComparison.Ordinal));
        Assert.Contains("/barcelona/default/shop", check.Text, StringComparison.Ordinal);
        Assert.Contains("before_deploy/before_deploy/", check.Text, StringComparison.Ordinal);
        await Nowhere.AssertAsync(Stage, Canary, _life);
    }

    /// <summary>Bare, no pattern knows it: what a public repository's container prints is not even read into a check.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public async Task A_bare_secret_that_the_container_prints_leaves_AWS_for_no_public_place(int exitCode)
    {
        await PrintingAsync(exitCode, isPrivate: false, "$DATABASE_PASSWORD");

        await Nowhere.AssertAsync(Stage, Canary, _life);
    }

    /// <summary>GitHub knows who may read a private repository; whoever has the address of the page, nobody.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public async Task A_bare_secret_that_the_container_prints_is_in_the_check_of_a_private_repository_alone(int exitCode)
    {
        var (repository, sha) = await PrintingAsync(exitCode, isPrivate: true, "$DATABASE_PASSWORD");

        var check = Assert.Single(repository.CheckRuns, c => c.Name == "barcelona/production" && c.HeadSha == sha);
        Assert.Contains(Canary, check.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_life.Lines, l => l.Contains(Canary, StringComparison.Ordinal));
        using var http = new HttpClient(new SocketsHttpHandler());
        var page = await http.GetStringAsync(new Uri(Stage.GitHub.WebhookUrl ?? throw new InvalidOperationException("Nobody listens."), $"/runs/{check.ExternalId}"), Stop);
        Assert.Contains(sha[..7], page, StringComparison.Ordinal);
        Assert.Contains("The evidence is in the check on GitHub", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, page, StringComparison.Ordinal);
    }

    private async Task<(SandboxRepository Repository, string Sha)> PrintingAsync(int exitCode, bool isPrivate, params string[] lines)
    {
        await Stage.StopServiceAsync();
        await Stage.StartServiceAsync(_life);
        Stage.Aws.SeedSecret("barcelona/default/shop/password", Canary);
        Stage.Aws.Images.SetForOneOffs("acme/shop:*", new ImageBehaviour.CrashLoop(exitCode, TimeSpan.FromSeconds(5)) { LogLines = lines });
        var repository = isPrivate ? Stage.GitHub.CreateRepository("acme", "vault", isPrivate: true) : Shop;
        var sha = await repository.CommitAsync(
            "main",
            new Dictionary<string, string>
            {
                ["barcelona.yml"] = With("rake db:migrate\n    environment: [{name: DATABASE_PASSWORD, secret: shop/password}]"),
            },
            "Migrate");
        await Stage.RunUntilQuietAsync();
        Assert.Single(Tasks);
        return (repository, sha);
    }
}
