using System.Text.Json.Nodes;
using Amazon.SecretsManager.Model;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Aws.Moto;
using Barcelona.GitOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

public sealed class SecretsOnMoto(MotoServer moto, PostgreSqlServer database) : MotoScenario(moto, database)
{
    private const string Secret = "barcelona/default/shop/key", Canary = "hunter2-canary";

    private static readonly string File = Manifests.FixedImage.Replace(
        "    services:\n", "    environment: [{name: KEY, secret: shop/key}]\n    services:\n", StringComparison.Ordinal);

    [Fact]
    public async Task What_is_missing_is_said_on_its_line_and_what_is_there_is_given_by_its_version()
    {
        var refused = await PushAndSettleAsync(File);
        Assert.Equal("failure", Check(refused).Conclusion);
        Assert.Contains(Check(refused).Annotations, a => a.StartLine == 7 && a.Message.Contains(Secret, StringComparison.Ordinal));
        Assert.Empty(Writes);

        var made = await Account.Session.SecretsManager.CreateSecretAsync(new CreateSecretRequest { Name = Secret, SecretString = Canary }, Stop);
        var sha = await PushAndSettleAsync(File + "# there now\n");

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal([$"{made.ARN}:::{made.VersionId}", $"{made.ARN}:::{made.VersionId}"], Given(0));

        // Rotated: nothing asks for it until somebody deploys, and then the new version is another release.
        var rotated = await Account.Session.SecretsManager.PutSecretValueAsync(
            new PutSecretValueRequest { SecretId = Secret, SecretString = Canary + "2" }, Stop);
        var before = Writes.Count;
        await PushAndSettleAsync(File + "# rotated\n");

        Assert.Equal([$"{made.ARN}:::{rotated.VersionId}", $"{made.ARN}:::{rotated.VersionId}"], Given(before));
        var releases = await Stage.Services.GetRequiredService<ReleaseHistory>().ListAsync(new DeployTarget("default", "shop"), Stop);
        Assert.Equal(2, releases.Count);
        Assert.All(releases, r => Assert.DoesNotContain(Canary, $"{r}", StringComparison.Ordinal));
        Assert.DoesNotContain(Shop.CheckRuns, c => $"{c.Title}{c.Summary}{c.Text}".Contains(Canary, StringComparison.Ordinal));
    }

    /// <summary>Where the registered definitions' containers get KEY from.</summary>
    private List<string?> Given(int after) =>
    [
        .. Writes.Skip(after).Where(c => c.Operation == "RegisterTaskDefinition")
            .Select(c => (string?)JsonNode.Parse(c.Body)?["containerDefinitions"]?[0]?["secrets"]?[0]?["valueFrom"]),
    ];
}
