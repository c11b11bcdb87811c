using System.Text.Json.Nodes;
using Barcelona.GitOps.Tests.Aws;
using Barcelona.GitOps.Tests.Aws.Moto;
using Barcelona.GitOps.Tests.Scenarios.Districts;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

/// <summary>From an empty account to the example application behind its load balancer, on an AWS by people who do not know this service.</summary>
public sealed class EmptyAccountOnMoto(MotoServer moto) : DistrictScenario
{
    private const string District = "barcelona-default";
    private const string Endpoint = "barcelona-endpoint--default--demo-endpoint";
    private const string App = "barcelona-app--default--sinatra-demo";

    private readonly WireTap _tap = new();
    private EmptyMotoAccount? _account;

    protected override StageOptions Options => base.Options with
    {
        Aws = new StageAws(Account.Url, District: "", [_tap, new MotoTargetGroups(), new MotoBalancers(), new MotoRollouts(), new MotoLists()]),
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

        var check = DistrictCheck(platform);
        Assert.Equal(("completed", "success", ""), (check.Status, check.Conclusion, Errors(check)));
        var made = await Account.StacksAsync(Stop);
        Assert.Equal([District, Endpoint], made.Keys.Order(StringComparer.Ordinal));
        var protect = Assert.Single(_tap.Calls, c => c.Operation == "UpdateStack" && c.Form("StackName") == Endpoint);
        Assert.Equal(("false", "true"), (Parameter(Sent(Endpoint), "DeletionProtection"), Parameter(protect, "DeletionProtection")));

        var app = await PushAndSettleAsync(Examples.Sinatra);

        Assert.Equal(("completed", "success", ""), (Check(app).Status, Check(app).Conclusion, Errors(Check(app))));
        Assert.Equal(["default--sinatra-demo--web"], await Account.ServiceFamiliesAsync(made[District]["Cluster"], Stop));
        var group = (await Account.ResourcesAsync(App, Stop))["TargetGroupWebAtDemoEndpoint"];
        Assert.Equal([group], await Account.TargetGroupsBehindAsync(made[Endpoint]["HttpListenerArn"], Stop));
        AssertSent(made[District]);
    }

    [Fact]
    public async Task With_a_certificate_at_hand_the_example_is_behind_both_listeners()
    {
        var certificate = await Account.RequestCertificateAsync(Stop);
        await PushDistrictsAsync(("default", Account.DistrictText($"public: true, certificate_arn: \"{certificate}\"")));

        var app = await PushAndSettleAsync(Examples.Sinatra);

        Assert.Equal(("success", ""), (Check(app).Conclusion, Errors(Check(app))));
        var endpoint = (await Account.StacksAsync(Stop))[Endpoint];
        string[] group = [(await Account.ResourcesAsync(App, Stop))["TargetGroupWebAtDemoEndpoint"]];
        Assert.Equal(group, await Account.TargetGroupsBehindAsync(endpoint["HttpListenerArn"], Stop));
        Assert.Equal(group, await Account.TargetGroupsBehindAsync(endpoint["HttpsListenerArn"], Stop));
    }

    // moto leaves network ACLs, the bucket's policy and the cluster's capacity out silently, and makes a service of its cluster and its task
    // definition alone: of these there is only what was sent.
    private void AssertSent(IReadOnlyDictionary<string, string> district)
    {
        var made = ResourcesOf(Sent(District));
        Assert.Superset(
            new HashSet<string?>
            {
                "AWS::EC2::NetworkAcl", "AWS::EC2::NetworkAclEntry", "AWS::EC2::SubnetNetworkAclAssociation", "AWS::EC2::VPCDHCPOptionsAssociation",
                "AWS::ECS::ClusterCapacityProviderAssociations", "AWS::S3::BucketPolicy",
            },
            made.Select(r => (string?)r.Value?["Type"]).ToHashSet());
        Assert.Equal("""["FARGATE","FARGATE_SPOT"]""", made["ClusterCapacity"]?["Properties"]?["CapacityProviders"]?.ToJsonString());

        var service = ResourcesOf(Sent(App))["ServiceWeb"]?["Properties"];
        Assert.Equal("FARGATE", (string?)service?["LaunchType"]);
        Assert.Equal(
            """{"AssignPublicIp":"DISABLED","SecurityGroups":[{"Ref":"SecurityGroup"}],"Subnets":{"Ref":"Subnets"}}""",
            service?["NetworkConfiguration"]?["AwsvpcConfiguration"]?.ToJsonString());
        Assert.Equal("""{"Ref":"TargetGroupWebAtDemoEndpoint"}""", service?["LoadBalancers"]?[0]?["TargetGroupArn"]?.ToJsonString());
        Assert.Equal(
            (district["Cluster"], district["VpcId"], district["PrivateSubnets"], district["InstanceSecurityGroup"]),
            (Parameter(Sent(App), "Cluster"), Parameter(Sent(App), "VpcId"), Parameter(Sent(App), "Subnets"), Parameter(Sent(App), "SecurityGroup")));
    }

    private WireCall Sent(string stack) => Assert.Single(_tap.Calls, c => c.Operation == "CreateStack" && c.Form("StackName") == stack);

    private static JsonObject ResourcesOf(WireCall sent) => Assert.IsType<JsonObject>(JsonNode.Parse(sent.Form("TemplateBody") ?? "")?["Resources"]);

    private static string? Parameter(WireCall sent, string name)
    {
        var index = Enumerable.Range(1, 99).First(i => sent.Form($"Parameters.member.{i}.ParameterKey") == name);
        return sent.Form($"Parameters.member.{index}.ParameterValue");
    }
}
