using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.Slack;
using Barcelona.GitOps.Tests.Storage;

namespace Barcelona.GitOps.Tests.Scenarios.Notices;

public sealed class CanaryOnSqlite : CanaryScenarios;

public sealed class CanaryOnPostgreSql(PostgreSqlServer server) : CanaryScenarios
{
    private string? _connectionString;

    protected override StageOptions Options => new() { ConnectionString = _connectionString };

    public override async ValueTask InitializeAsync()
    {
        _connectionString = await server.CreateDatabaseAsync(Stop);
        await base.InitializeAsync();
    }
}

/// <summary>A secret is in no log, check, message, page or table, whatever goes wrong: a webhook's address, and what a container prints.</summary>
public abstract class CanaryScenarios : NoticeScenario
{
    private const string Canary = "canary-5c1f0b7e";

    /// <summary>Bare, no pattern knows it: of a public repository's container not a line is read.</summary>
    [Theory]
    [InlineData("DATABASE_PASSWORD=$DATABASE_PASSWORD", true, true)]
    [InlineData("DATABASE_PASSWORD=$DATABASE_PASSWORD", true, false)]
    [InlineData("$DATABASE_PASSWORD", false, true)]
    [InlineData("$DATABASE_PASSWORD", false, false)]
    public async Task What_a_container_prints_is_seen_nowhere(string line, bool isPrivate, bool isService)
    {
        var repository = await CrashAsync(line, isPrivate, isService);

        var check = Assert.Single(repository.CheckRuns);
        Assert.Equal(("failure", isPrivate), (check.Conclusion, check.Text?.Contains("begun", StringComparison.Ordinal)));
        Assert.Equal(isPrivate, check.Text?.Contains("DATABASE_PASSWORD=[", StringComparison.Ordinal));
        Assert.Contains(Said, s => s.Contains("failed", StringComparison.Ordinal));
        await Nowhere.AssertAsync(Stage, Canary, Life);
    }

    /// <summary>Whoever may read the repository may read its checks; whoever reads a channel, or the log, need not.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bare_one_that_a_container_of_a_private_repository_prints_is_in_its_check_alone(bool isService)
    {
        var repository = await CrashAsync("$DATABASE_PASSWORD", isPrivate: true, isService);

        Assert.Contains(Canary, Assert.Single(repository.CheckRuns).Text, StringComparison.Ordinal);
        Assert.Contains(Said, s => s.Contains("failed", StringComparison.Ordinal));
        Assert.NotEmpty(Published);
        Assert.All(
            Stage.GitHub.Requests.Where(r => $"{r}{r.Body}".Contains(Canary, StringComparison.Ordinal)),
            r => Assert.Contains("/check-runs", r.Path, StringComparison.Ordinal));
        await Nowhere.AssertButInChecksAsync(Stage, Canary, Life);
    }

    private async Task<SandboxRepository> CrashAsync(string line, bool isPrivate, bool isService)
    {
        await ListenAsync();
        Stage.Aws.SeedSecret("barcelona/default/shop/password", Canary);
        var crashing = new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)) { LogLines = ["begun", line] };
        if (isService)
        {
            Stage.Aws.Images.Set("acme/shop:*", crashing);
        }
        else
        {
            Stage.Aws.Images.SetForOneOffs("acme/shop:*", crashing);
        }

        var repository = isPrivate ? Stage.GitHub.CreateRepository("acme", "vault", isPrivate: true) : Shop;
        var manifest = (isService ? Manifests.Shop : Manifests.Migrating).Replace(
            "image_name: acme/shop\n",
            "image_name: acme/shop\n    environment: [{name: DATABASE_PASSWORD, secret: shop/password}]\n",
            StringComparison.Ordinal);
        await repository.CommitAsync("main", new Dictionary<string, string> { ["barcelona.yml"] = manifest }, "Change barcelona.yml");
        await Stage.RunUntilQuietAsync();
        return repository;
    }

    [Fact]
    public async Task The_address_is_seen_nowhere_but_in_the_request()
    {
        await ListenAsync();
        SlackRule?[] ways =
        [
            null, new SlackRule.Refuses(404, "no_service"), new SlackRule.Silent(), new SlackRule.Refuses(500, $"<html>{Token}"),
            new SlackRule.Refuses(302, Token) { Location = Stage.Sandbox.Slack.Webhook(Token) },
        ];
        foreach (var (number, way) in ways.Index())
        {
            Stage.Sandbox.Slack.Rule = way;
            await PushAndSettleAsync($"{Manifests.Shop}# {number}\n");
            Stage.Clock.Advance(TimeSpan.FromMinutes(15));
            await Stage.RunUntilQuietAsync();
        }

        Assert.NotEmpty(Stage.Sandbox.Slack.Asked);
        Assert.All(Stage.Sandbox.Slack.Asked, path => Assert.Contains(Token, path, StringComparison.Ordinal));
        await Nowhere.AssertAsync(Stage, Token, Life);
    }
}
