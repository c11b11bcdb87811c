using System.Collections.Immutable;
using Amazon.SecretsManager.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Routing;
using Barcelona.GitOps.Reconciliation.Releases;

namespace Barcelona.GitOps.Tests.Aws.Moto;

public sealed class SecretsOnMotoTests(MotoServer moto)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_found_with_its_full_arn_and_current_version()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        var created = await aws.Session.SecretsManager.CreateSecretAsync(
            new CreateSecretRequest { Name = "barcelona/default/shop/api_key", SecretString = "hunter2" }, Token);
        await aws.Session.SecretsManager.CreateSecretAsync(
            new CreateSecretRequest { Name = "barcelona/default/shop/old", SecretString = "x" }, Token);
        await aws.Session.SecretsManager.DeleteSecretAsync(new DeleteSecretRequest { SecretId = "barcelona/default/shop/old" }, Token);
        aws.Tap.Forget();

        string[] paths = ["shop/api_key", "shop/none", "shop/old", "shop/api_key"];
        var lookup = await aws.Get<AwsSecretsReader>().FindSecretsAsync(aws.Session, paths, Token);

        var (path, secret) = Assert.Single(lookup.Found);
        Assert.Equal("shop/api_key", path);
        Assert.Equal(created.ARN, secret.Arn);
        Assert.Equal(created.VersionId, secret.VersionId);
        Assert.Equal(["shop/none", "shop/old"], lookup.Missing);
        Assert.All(aws.Tap.Operations, operation => Assert.Equal("DescribeSecret", operation));
    }

    [Fact]
    public async Task The_credentials_of_the_images_registry_are_found_with_the_releases_own_secrets()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        await aws.Session.SecretsManager.CreateSecretAsync(
            new CreateSecretRequest { Name = "barcelona/default/registries/quay", SecretString = "{}" }, Token);
        var file = "environments: {production: {name: shop, district: default, image_name: quay.io/acme/shop, services: []}}"u8.ToArray();
        var inputs = new ReleaseInputs
        {
            Repository = AwsHarness.Purpose.Repository,
            Commit = CommitSha.Parse("0123456789abcdef0123456789abcdef01234567"),
            Ref = GitRef.Branch("main"),
            Environment = Assert.Single(ManifestParser.Parse("barcelona.yml", file).Value?.Environments ?? []),
            District = aws.District with { Registries = aws.District.Registries.Add("quay.io", "registries/quay") },
            Image = "quay.io/acme/shop:1",
        };

        var references = new References(aws.Get<AwsSecretsReader>(), aws.Get<ListenerRulesReader>());
        var resolved = await references.ResolveAsync(
            aws.Session, inputs, new ObservedState(), _ => Task.FromResult(ImmutableArray<RuleInUse>.Empty), Token);

        Assert.Equal(["registries/quay"], resolved.Inputs.Secrets.Keys);
    }

    [Fact]
    public async Task Missing_parameters_are_named_fifty_at_a_time()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Token));
        string[] names = [.. Enumerable.Range(0, 60).Select(i => $"/barcelona/default/shop/p{i:00}")];
        foreach (var name in names.Where((_, i) => i % 20 != 0))
        {
            await aws.Session.Ssm.PutParameterAsync(new PutParameterRequest { Name = name, Value = "v", Type = ParameterType.SecureString }, Token);
        }

        aws.Tap.Forget();
        var missing = await aws.Get<AwsSecretsReader>().FindMissingParametersAsync(aws.Session, names, Token);

        Assert.Equal([names[0], names[20], names[40]], missing);
        Assert.All(aws.Tap.Operations, operation => Assert.Equal("DescribeParameters", operation));
        Assert.All(aws.Tap.Calls, c => Assert.InRange(c.Body.Split("/barcelona/default/").Length - 1, 1, 50));
    }
}
