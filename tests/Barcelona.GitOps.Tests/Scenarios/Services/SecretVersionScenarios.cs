namespace Barcelona.GitOps.Tests.Scenarios.Services;

/// <summary>Which version of a secret the tasks of a release are given.</summary>
public sealed class SecretVersionScenarios : Scenario
{
    private static readonly string File = Manifests.Shop.Replace(
        "    services:", "    environment: {KEY: {secret: shop/key}}\n    services:", StringComparison.Ordinal);

    [Fact]
    public async Task A_rotation_in_the_middle_is_the_next_releases_and_each_secret_is_looked_up_once()
    {
        Stage.Aws.SeedSecret("barcelona/default/shop/key", "old");
        var sha = await PushAsync(File);
        await Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "CreateStack").Count == 2);
        Stage.Aws.SeedSecret("barcelona/default/shop/key", "new");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Single(Stage.Aws.Calls.Of("secretsmanager", "DescribeSecret"));
        Assert.Empty(Stage.Aws.Calls.Of("cloudformation", "UpdateStack"));
        var first = Versions().Distinct().ToArray();
        Assert.Single(first);

        await PushAndSettleAsync(File + "# again\n");
        Assert.Equal(2, Versions().Distinct().Count());
    }

    private IEnumerable<string> Versions() => Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition")
        .SelectMany(c => c.Request["containerDefinitions"]?.AsArray() ?? [])
        .SelectMany(c => c?["secrets"]?.AsArray() ?? [])
        .Select(s => (string?)s?["valueFrom"] ?? "");
}
