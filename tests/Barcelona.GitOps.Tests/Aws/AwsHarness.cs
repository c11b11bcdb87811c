using System.Collections.Immutable;
using System.Globalization;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Aws;

/// <summary>The AWS adapter as the service wires it, an account of its own, and a tap on the wire.</summary>
public sealed class AwsHarness : IDisposable
{
    public const string Region = "ap-northeast-1";

    private readonly ServiceProvider _services;

    /// <param name="account">Null: one that nobody else has.</param>
    public AwsHarness(Uri url, string? account = null)
    {
        Account = account ?? Random.Shared.NextInt64(100_000_000_000, 1_000_000_000_000).ToString(CultureInfo.InvariantCulture);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Aws:ServiceUrl", url.ToString())]).Build();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddAws(configuration);
        services.AddHttpClient(AwsSetup.HttpClientName).AddHttpMessageHandler(() => Tap);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        District = DistrictOf("default", Account);
        Session = Get<AwsSessions>().For(District, Purpose);
    }

    public static SessionPurpose Purpose { get; } = new(
        RepositoryName.Parse("acme/shop"), CommitSha.Parse("0123456789abcdef0123456789abcdef01234567"), "dependabot[bot]");

    public WireTap Tap { get; } = new();

    /// <summary>Begins now: the SDK compares the expiry of credentials with the machine's clock.</summary>
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public string Account { get; }

    public District District { get; }

    public AwsSession Session { get; }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public void Dispose() => _services.Dispose();

    public static District DistrictOf(string name, string account) => new()
    {
        Name = name,
        Region = Region,
        Account = account,
        Role = new AssumedRole($"arn:aws:iam::{account}:role/barcelona", "3f9c0000"),
        Repositories = [],
        Teams = ImmutableSortedDictionary<string, TeamRight>.Empty,
        Policy = new DistrictPolicy(null, null, null),
        Registries = ImmutableSortedDictionary<string, string>.Empty,
        Network = new Network.Existing("vpc-1", ["subnet-1"], ["subnet-2"], "sg-1"),
        Cluster = new Cluster.Existing("default"),
        Capacity = Capacity.Ec2,
        Endpoints = [],
        Span = SourceSpan.StartOf("districts/default.yml"),
    };
}
