using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.Aws.Calls;
using Barcelona.GitOps.Sandbox.GitHub;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>A stage whose district files are in a repository, <c>acme/platform</c>, and whose AWS account is empty.</summary>
public abstract class DistrictScenario : Scenario
{
    private SandboxRepository? _platform;

    protected SandboxRepository Platform => _platform ?? throw new InvalidOperationException("The stage is not set yet.");

    protected override StageOptions Options => new() { PlatformRepository = "acme/platform" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _platform = Stage.GitHub.CreateRepository("acme", "platform");
    }

    /// <summary>Commits district files, lets what they want run to its end, and gives the commit.</summary>
    protected async Task<string> PushDistrictsAsync(params (string Name, string Text)[] districts)
    {
        var sha = await CommitDistrictsAsync(districts);
        await Stage.RunUntilQuietAsync();
        return sha;
    }

    protected Task<string> CommitDistrictsAsync(params (string Name, string Text)[] districts) =>
        Platform.CommitAsync("main", districts.ToDictionary(d => $"districts/{d.Name}.yml", d => d.Text), "Change districts");

    /// <summary>The only check of a district on a commit of the platform repository.</summary>
    protected SandboxCheckRun DistrictCheck(string sha, string district = "default") =>
        Assert.Single(Platform.CheckRuns, c => c.HeadSha == sha && c.Name == $"barcelona/district/{district}");

    /// <summary>What went wrong, for the message of a failing test.</summary>
    protected static string Errors(SandboxCheckRun check) => check.Conclusion == "success"
        ? ""
        : string.Join('\n', check.Annotations.Select(a => $"{a.StartLine}: {a.Message}").Prepend($"{check.Title}\n{check.Text}"));

    /// <summary>Stacks that were created, by name, in the order in which they were asked for.</summary>
    protected IReadOnlyList<string> CreatedStacks() =>
        [.. Stage.Aws.Calls.Of("cloudformation", "CreateStack").Where(c => c.StatusCode == 200).Select(NameOf)];

    protected IReadOnlyList<AwsCall> StackWrites() =>
        [.. Stage.Aws.Calls.Writes.Where(c => c.Service == "cloudformation")];

    /// <summary>The value that the newest creation or update of a stack gave to a parameter.</summary>
    protected string? Parameter(string stack, string name) => Stage.Aws.Calls
        .Where(c => c is { Service: "cloudformation", Operation: "CreateStack" or "UpdateStack", StatusCode: 200 } && NameOf(c) == stack)
        .Select(c => (c.Request["Parameters"] as JsonArray)?.FirstOrDefault(p => (string?)p?["ParameterKey"] == name))
        .Select(p => (string?)p?["ParameterValue"])
        .LastOrDefault();

    /// <summary>The load balancers that Barcelona made; the stage has one of its own.</summary>
    protected IReadOnlyList<MadeLoadBalancer> Balancers() => [.. Stage.Aws.LoadBalancers.Where(b => b.Name != "demo-endpoint")];

    /// <summary>A district file with its last block exchanged for these endpoints.</summary>
    protected static string WithEndpoints(string text, string endpoints) => text[..text.IndexOf("endpoints:", StringComparison.Ordinal)] + endpoints;

    /// <summary>The account as somebody with a console sees it.</summary>
    protected AwsSession Console()
    {
        var district = DistrictParser.Parse("default", "districts/default.yml", Encoding.UTF8.GetBytes(Stage.District.Text)).Value;
        var purpose = new SessionPurpose(RepositoryName.Parse("acme/shop"), CommitSha.Parse(new string('a', 40)), "somebody");
        return Stage.Services.GetRequiredService<AwsSessions>().For(Assert.IsType<District>(district), purpose);
    }

    protected async Task DeleteByHandAsync(string stack)
    {
        await Console().CloudFormation.DeleteStackAsync(new() { StackName = stack }, Stop);
        Stage.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    protected static string NameOf(AwsCall call) => (string?)call.Request["StackName"] ?? "";
}
