using Amazon.CloudFormation.Model;

namespace Barcelona.GitOps.Tests.Scenarios.Districts.Trouble;

/// <summary>What is somebody else's, or in use, is left alone.</summary>
public sealed class RefusalScenarios : DistrictScenario
{
    private const string TwoEndpoints = "endpoints:\n  demo-endpoint:\n    public: true\n  spare:\n    public: true\n";
    private const string Spare = "barcelona-endpoint--default--spare";

    [Theory]
    [InlineData(null, "was not made by Barcelona")]
    [InlineData("acme/other-platform", "belongs to acme/other-platform")]
    public async Task A_stack_that_is_not_ours_is_refused_and_left_alone(string? owner, string reason)
    {
        await Console().CloudFormation.CreateStackAsync(
            new CreateStackRequest
            {
                StackName = "barcelona-default",
                TemplateBody = """{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}""",
                Tags = owner is null ? [] : [new() { Key = "barcelona:repository", Value = owner }, new() { Key = "barcelona:district", Value = "default" }],
            },
            Stop);
        Stage.Clock.Advance(TimeSpan.FromMinutes(5));
        var writes = StackWrites().Count;

        var sha = await PushDistrictsAsync(("default", DistrictTexts.Made));

        Assert.Equal("failure", DistrictCheck(sha).Conclusion);
        Assert.Contains(DistrictCheck(sha).Annotations, a => a.Message.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(writes, StackWrites().Count);
    }

    [Fact]
    public async Task An_endpoint_in_use_is_not_removed_and_a_free_one_is()
    {
        await PushDistrictsAsync(("default", WithEndpoints(DistrictTexts.Made, TwoEndpoints)));
        var app = await PushAndSettleAsync(Manifests.Shop);
        Assert.Equal(("success", ""), (Check(app).Conclusion, Errors(Check(app))));
        var writes = StackWrites().Count;

        var refused = await PushDistrictsAsync(("default", WithEndpoints(DistrictTexts.Made, "endpoints:\n  spare:\n    public: true\n")));

        Assert.Equal("failure", DistrictCheck(refused).Conclusion);
        Assert.Contains(
            DistrictCheck(refused).Annotations, a => a.StartLine == 13 && a.Message.Contains("'demo-endpoint' cannot go", StringComparison.Ordinal));
        Assert.Equal(writes, StackWrites().Count);

        var removed = await PushDistrictsAsync(("default", DistrictTexts.Made));

        Assert.Equal(("success", ""), (DistrictCheck(removed).Conclusion, Errors(DistrictCheck(removed))));
        Assert.Contains(Spare, NameOf(Assert.Single(Stage.Aws.Calls.Of("cloudformation", "DeleteStack"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_its_application_has_gone_elsewhere_an_endpoint_is_removed()
    {
        await PushDistrictsAsync(("default", WithEndpoints(DistrictTexts.Made, TwoEndpoints)));
        await PushAndSettleAsync(Manifests.Shop.Replace("demo-endpoint", "spare", StringComparison.Ordinal));
        await PushAndSettleAsync(Manifests.Shop);

        var removed = await PushDistrictsAsync(("default", DistrictTexts.Made));

        Assert.Equal(("success", ""), (DistrictCheck(removed).Conclusion, Errors(DistrictCheck(removed))));
    }
}
