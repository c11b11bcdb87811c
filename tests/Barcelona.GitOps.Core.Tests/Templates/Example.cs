using System.Collections.Immutable;
using System.Text;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Routing;

namespace Barcelona.GitOps.Core.Tests.Templates;

/// <summary>A district with everything existing, and releases into it from the text of a barcelona.yml.</summary>
internal static class Example
{
    public static readonly SourceSpan Nowhere = SourceSpan.StartOf("districts/default.yml");

    private const string Listeners = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:listener/app";

    public static District District { get; } = new()
    {
        Name = "default",
        Region = "ap-northeast-1",
        Account = "123456789012",
        Repositories = [new("acme/*", null, Nowhere)],
        Teams = ImmutableSortedDictionary<string, TeamRight>.Empty,
        Policy = new(null, null, null),
        Registries = ImmutableSortedDictionary<string, string>.Empty.Add("quay.io", "registries/quay"),
        Network = new Network.Existing("vpc-0a1b2c3d", ["subnet-0aaaaaaa", "subnet-0bbbbbbb"], ["subnet-0ccccccc", "subnet-0ddddddd"], "sg-0a1b2c3d"),
        Cluster = new Cluster.Existing("default"),
        Capacity = Capacity.Ec2,
        Endpoints = [Endpoint("demo-endpoint", hasHttps: true), Endpoint("plain-endpoint", hasHttps: false)],
        Span = Nowhere,
    };

    public static Endpoint Endpoint(string name, bool hasHttps) => new()
    {
        Name = name,
        Existing = new(
            $"{Listeners}/{name}/0123456789abcdef/1111111111111111",
            hasHttps ? $"{Listeners}/{name}/0123456789abcdef/2222222222222222" : null,
            $"{name}.example.com"),
        Span = Nowhere,
    };

    /// <summary>The only environment of a file, released from main.</summary>
    public static ReleaseInputs Release(string yaml, District? district = null)
    {
        var parsed = ManifestParser.Parse("barcelona.yml", Encoding.UTF8.GetBytes(yaml));
        Assert.False(parsed.HasErrors, string.Join('\n', parsed.Diagnostics));
        return Release(Assert.Single(Assert.IsType<BarcelonaManifest>(parsed.Value).Environments), district ?? District);
    }

    public static ReleaseInputs Release(EnvironmentManifest environment, District district)
    {
        var image = environment.ImageName?.Value ?? "none";
        return new()
        {
            Repository = RepositoryName.Parse("acme/shop"),
            Commit = CommitSha.Parse("0123456789abcdef0123456789abcdef01234567"),
            Ref = GitRef.Branch("main"),
            Environment = environment,
            District = district,
            Image = image.Contains('@', StringComparison.Ordinal) ? image : image + ":0123456789abcdef0123456789abcdef01234567",
            Secrets = environment.Variables.OfType<EnvironmentVariable.Secret>().Select(v => v.Path.Value).Concat(district.Registries.Values)
                .Distinct()
                .ToImmutableSortedDictionary(
                path => path,
                path => new ResolvedSecret(
                    $"arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:barcelona/default/{path}-AbCdEf",
                    "11111111-2222-3333-4444-555555555555")),
            Priorities = RulePriorities.Allocate(new() { Owner = "default/shop", District = district, Services = environment.Services }).Priorities,
        };
    }

    public static DesiredState Desired(ReleaseInputs inputs)
    {
        var built = DesiredStateBuilder.Build(inputs);
        return built.Value ?? throw new InvalidOperationException(string.Join('\n', built.Diagnostics));
    }
}
