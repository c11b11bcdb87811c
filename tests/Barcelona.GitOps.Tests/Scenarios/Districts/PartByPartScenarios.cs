namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>From existing parts to made ones, one after the other.</summary>
public sealed class PartByPartScenarios : DistrictScenario
{
    private string Existing => Stage.District.Text;

    private string WithMadeEndpoint => Existing[..Existing.IndexOf("endpoints:", StringComparison.Ordinal)] + """
        endpoints:
          demo-endpoint:
            public: true

        """;

    [Fact]
    public async Task A_district_whose_parts_all_exist_makes_nothing()
    {
        var sha = await PushDistrictsAsync(("default", Existing));

        Assert.Equal("success", DistrictCheck(sha).Conclusion);
        Assert.Empty(Stage.Aws.Calls.Writes.Select(c => c.ToString()));
        Assert.Empty(Platform.Deployments);
    }

    [Fact]
    public async Task An_endpoint_is_made_in_an_existing_network_and_an_application_deploys_behind_it()
    {
        await PushDistrictsAsync(("default", Existing));
        var before = await PushAndSettleAsync(Manifests.Shop);
        Assert.Equal("success", Check(before).Conclusion);

        var sha = await PushDistrictsAsync(("default", WithMadeEndpoint));

        Assert.Equal(("success", "completed"), (DistrictCheck(sha).Conclusion, DistrictCheck(sha).Status));
        Assert.Contains("barcelona-endpoint--default--demo-endpoint", CreatedStacks());

        var after = await PushAndSettleAsync(Manifests.Shop + "# behind the new one\n");
        Assert.Equal(("success", ""), (Check(after).Conclusion, string.Join('\n', Check(after).Annotations.Select(a => a.Message))));
    }

    [Fact]
    public async Task An_application_waits_for_a_district_that_is_being_made()
    {
        await CommitDistrictsAsync(("default", WithMadeEndpoint));
        var sha = await PushAndSettleAsync(Manifests.Shop);

        Assert.Equal("success", Check(sha).Conclusion);
    }
}
