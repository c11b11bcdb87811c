using System.Text.Json.Nodes;
using Barcelona.GitOps.Tests.Aws;
using Barcelona.GitOps.Tests.Aws.Moto;
using Barcelona.GitOps.Tests.Storage;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

/// <summary>A stage whose AWS is moto: another implementation of the real protocols, by people who do not know this service.</summary>
/// <param name="database">Null: SQLite.</param>
public abstract class MotoScenario(MotoServer moto, PostgreSqlServer? database = null) : Scenario
{
    private readonly WireTap _tap = new();
    private MotoAccount? _account;
    private string? _connectionString;

    internal MotoAccount Account => _account ?? throw new InvalidOperationException("The account is not open yet.");

    internal MotoRollouts Rollouts { get; } = new();

    protected override StageOptions Options => new()
    {
        ConnectionString = _connectionString,
        Aws = new StageAws(Account.Url, Account.District, [_tap, new MotoTargetGroups(), Rollouts]),
    };

    /// <summary>What the service asked of AWS to change.</summary>
    protected IReadOnlyList<WireCall> Writes => [.. _tap.Calls.Where(c => c.IsWrite)];

    public override async ValueTask InitializeAsync()
    {
        _account = await MotoAccount.OpenAsync(await moto.UrlAsync(Stop), Stop);
        _connectionString = database is null ? null : await database.CreateDatabaseAsync(Stop);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        _account?.Dispose();
    }

    /// <summary>The resources of the only stack of that name that was created, as they were sent.</summary>
    protected JsonObject SentResources(string stack)
    {
        var sent = Assert.Single(Writes, c => c.Operation == "CreateStack" && c.Form("StackName") == stack);
        return Assert.IsType<JsonObject>(JsonNode.Parse(sent.Form("TemplateBody") ?? "")?["Resources"]);
    }
}
