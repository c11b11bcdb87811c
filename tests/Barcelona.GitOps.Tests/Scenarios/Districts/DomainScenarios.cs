using Barcelona.GitOps.Sandbox.Aws.Faults;

namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>An endpoint with a domain: its certificate is proven by a record in a zone that must be there first.</summary>
public sealed class DomainScenarios : DistrictScenario
{
    private const string EndpointStack = "barcelona-endpoint--default--demo-endpoint";

    private const int ZoneLine = 17;

    private static readonly string Redirected = Manifests.Shop.Replace(
        "    service_type: web\n", "    service_type: web\n        force_ssl: true\n", StringComparison.Ordinal);

    [Fact]
    public async Task Certificate_record_and_HTTPS_listener_are_made_and_an_application_is_redirected_to_it()
    {
        var zone = Stage.Aws.SeedHostedZone();

        var sha = await PushDistrictsAsync(("default", WithZone(zone)));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
        var template = TemplateOf(EndpointStack);
        Assert.Contains("AWS::CertificateManager::Certificate", template, StringComparison.Ordinal);
        Assert.Contains("AWS::Route53::RecordSet", template, StringComparison.Ordinal);
        var asked = Assert.Single(Stage.Aws.Calls.Of("route53", "GetHostedZone"));
        Assert.Equal((zone, "us-east-1"), ((string?)asked.Request["Id"], asked.Region));

        var app = await PushAndSettleAsync(Redirected);

        Assert.Equal(("success", ""), (Check(app).Conclusion, Errors(Check(app))));
        Assert.Contains("HTTPS", TemplateOf("barcelona-app--default--shop"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_certificate_force_ssl_is_refused_in_the_application()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));

        var app = await PushAndSettleAsync(Redirected);

        Assert.Equal("failure", Check(app).Conclusion);
        Assert.Contains(Check(app).Annotations, a => a.Message.Contains("force_ssl", StringComparison.Ordinal) || a.Message.Contains("HTTPS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("example.com", "210987654321", "has no hosted zone")]
    [InlineData("example.org", "123456789012", "is of example.org")]
    public async Task A_zone_that_would_never_prove_anything_is_refused_on_its_line_and_nothing_is_written(string domain, string account, string reason)
    {
        var zone = Stage.Aws.SeedHostedZone(domain, account);

        var sha = await PushDistrictsAsync(("default", WithZone(zone)));

        Assert.Equal("failure", DistrictCheck(sha).Conclusion);
        Assert.Contains(DistrictCheck(sha).Annotations, a => a.StartLine == ZoneLine && a.Message.Contains(reason, StringComparison.Ordinal));
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task Route_53_that_throttles_or_breaks_is_waited_for()
    {
        Stage.Aws.Faults.Throttle(new FaultMatch("route53") { Times = 2 });
        Stage.Aws.Faults.ServerError(new FaultMatch("route53"));

        var sha = await PushDistrictsAsync(("default", WithZone(Stage.Aws.SeedHostedZone())));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
    }

    [Fact]
    public async Task A_role_that_may_not_look_at_zones_is_told_so()
    {
        Stage.Aws.Faults.Error(
            new FaultMatch("route53") { Times = 100 },
            "AccessDenied",
            "User: arn:aws:iam::123456789012:user/barcelona is not authorized to perform: route53:GetHostedZone");

        var sha = await PushDistrictsAsync(("default", WithZone(Stage.Aws.SeedHostedZone())));

        Assert.Equal("failure", DistrictCheck(sha).Conclusion);
        Assert.Contains("route53:GetHostedZone", DistrictCheck(sha).Title, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);
    }

    [Fact]
    public async Task HTTPS_does_not_go_under_an_application_and_goes_once_nobody_has_a_rule_on_it()
    {
        await PushDistrictsAsync(("default", WithZone(Stage.Aws.SeedHostedZone())));
        Assert.Equal("success", Check(await PushAndSettleAsync(Manifests.Shop)).Conclusion);
        var writes = StackWrites().Count;

        var refused = await PushDistrictsAsync(("default", DistrictTexts.Made));

        Assert.Equal("failure", DistrictCheck(refused).Conclusion);
        Assert.Contains(
            DistrictCheck(refused).Annotations,
            a => a.StartLine == ZoneLine - 3 && a.Message.Contains("barcelona-app--default--shop still have rules on it", StringComparison.Ordinal));
        Assert.Equal(writes, StackWrites().Count);

        await DeleteByHandAsync("barcelona-app--default--shop");
        var free = await PushDistrictsAsync(("default", DistrictTexts.Made + "# now\n"));

        Assert.Equal(("success", ""), (DistrictCheck(free).Conclusion, Errors(DistrictCheck(free))));
    }

    private static string WithZone(string zone) => DistrictTexts.With(
        "    public: true\n", $"    public: true\n    domain: shop.example.com\n    hosted_zone: {zone}\n");

    private string TemplateOf(string stack) =>
        (string?)Stage.Aws.Calls.Of("cloudformation", "CreateStack").Last(c => NameOf(c) == stack).Request["TemplateBody"] ?? "";
}
