using Barcelona.GitOps.Tests.Aws;
using Barcelona.GitOps.Tests.Aws.Moto;
using Barcelona.GitOps.Tests.Scenarios.Districts;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

/// <summary>From an empty account to the example application behind its load balancer, on an AWS by people who do not know this service.</summary>
public sealed class EmptyAccountOnMoto(MotoServer moto) : DistrictScenario
{
    private const string District = "barcelona-default", Endpoint = "barcelona-endpoint--default--demo-endpoint", App = "barcelona-app--default--sinatra-demo";

    private readonly WireTap _tap = new();
    private EmptyMotoAccount? _account;

    protected override StageOptions Options => base.Options with
    {
        Aws = new StageAws(Account.Url, District: "", [_tap, new MotoTargetGroups(), new MotoRollouts(), new MotoLists()]),
    };

    private EmptyMotoAccount Account => _account ?? throw new InvalidOperationException("The account is not open yet.");

    public override async ValueTask InitializeAsync()
    {
        _account = new EmptyMotoAccount(await moto.UrlAsync(Stop));
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _account?.Dispose();
    }

    [Fact]
    public async Task Two_pushes_lead_from_nothing_to_the_example_behind_the_listener_of_its_endpoint()
    {
        Assert.Empty(await Account.StacksAsync(Stop));

        var platform = await PushDistrictsAsync(("default", Account.DistrictText()));

        Assert.Equal(("completed", "success", ""), (DistrictCheck(platform).Status, DistrictCheck(platform).Conclusion, Errors(DistrictCheck(platform))));
        var made = await Account.StacksAsync(Stop);
        Assert.Equal([District, Endpoint], made.Keys.Order(StringComparer.Ordinal));
        foreach (var s in made) { foreach (var o in s.Value) TestContext.Current.TestOutputHelper?.WriteLine($"{s.Key} {o}"); foreach (var r in await Account.ResourcesAsync(s.Key, Stop)) TestContext.Current.TestOutputHelper?.WriteLine($"   {s.Key} {r}"); }

        var app = await PushAndSettleAsync(Examples.Sinatra);

        Assert.Equal(("completed", "success", ""), (Check(app).Status, Check(app).Conclusion, Errors(Check(app))));
        Assert.Equal(["default--sinatra-demo--web"], await Account.ServiceFamiliesAsync(made[District]["Cluster"], Stop));
        var group = (await Account.ResourcesAsync(App, Stop))["TargetGroupWebAtDemoEndpoint"];
        Assert.Equal([group], await Account.TargetGroupsBehindAsync(made[Endpoint]["HttpListenerArn"], Stop));
    }
}
