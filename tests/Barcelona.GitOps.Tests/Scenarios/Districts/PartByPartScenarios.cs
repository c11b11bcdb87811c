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

    [Fact]
    public async Task A_cluster_is_made_in_an_existing_network_and_does_not_go_back_unasked()
    {
        await PushDistrictsAsync(("default", Existing));

        var withCluster = WithMadeCluster(WithMadeEndpoint);
        var cluster = await PushDistrictsAsync(("default", withCluster));
        Assert.Equal(("success", ""), (DistrictCheck(cluster).Conclusion, Errors(DistrictCheck(cluster))));
        var app = await PushAndSettleAsync(Manifests.Shop);
        Assert.Equal(("success", ""), (Check(app).Conclusion, Errors(Check(app))));

        await AssertRefusedAsync(WithMadeEndpoint, "AWS::ECS::Cluster", "existing: default");
    }

    [Fact]
    public async Task A_network_is_made_beside_the_existing_one_for_a_made_cluster_and_does_not_go_back_unasked()
    {
        var withCluster = WithMadeCluster(WithEndpoints(Existing, "endpoints: {}\n"));
        await PushDistrictsAsync(("default", withCluster));

        var network = await PushDistrictsAsync(("default", WithMadeNetwork(withCluster)));
        Assert.Equal(("success", ""), (DistrictCheck(network).Conclusion, Errors(DistrictCheck(network))));
        Assert.DoesNotContain("Cluster (AWS::ECS::Cluster) is replaced", DistrictCheck(network).Text, StringComparison.Ordinal);

        await AssertRefusedAsync(withCluster, "AWS::EC2::VPC", "existing:");
    }

    [Fact]
    public async Task A_network_is_not_made_under_an_endpoint_that_stands_in_another_until_that_was_taken_out()
    {
        var before = WithMadeCluster(WithMadeEndpoint);
        await PushDistrictsAsync(("default", before));

        await AssertRefusedAsync(WithMadeNetwork(before), "'demo-endpoint' cannot move to another network", "network:");

        var moved = await PushDistrictsAsync(("default", WithEndpoints(WithMadeNetwork(before), "endpoints: {}\n")));
        Assert.Equal(("success", ""), (DistrictCheck(moved).Conclusion, Errors(DistrictCheck(moved))));
        var again = await PushDistrictsAsync(("default", WithMadeNetwork(before)));
        Assert.Equal(("success", ""), (DistrictCheck(again).Conclusion, Errors(DistrictCheck(again))));
        var app = await PushAndSettleAsync(Manifests.Shop);
        Assert.Equal(("success", ""), (Check(app).Conclusion, Errors(Check(app))));
    }

    [Fact]
    public async Task A_network_is_not_made_for_an_endpoint_that_exists_in_another()
    {
        await PushDistrictsAsync(("default", Existing));

        await AssertRefusedAsync(WithMadeNetwork(WithMadeCluster(Existing)), "not in the network that is to be made", "existing:");
    }

    private static string WithMadeCluster(string text) => text.Replace(
        "cluster:\n  existing: default\n", "cluster:\n  instance_types: [t3.small]\n  max: 3\n", StringComparison.Ordinal);

    private static string WithMadeNetwork(string text)
    {
        var (start, end) = (text.IndexOf("network:", StringComparison.Ordinal), text.IndexOf("cluster:", StringComparison.Ordinal));
        return $"{text[..start]}network:\n  cidr_block: 10.1.0.0/16\n{text[end..]}";
    }

    private async Task AssertRefusedAsync(string text, string words, string line)
    {
        var writes = Stage.Aws.Calls.Writes.Count;

        var refused = await PushDistrictsAsync(("default", text));

        Assert.Equal("failure", DistrictCheck(refused).Conclusion);
        Assert.Contains(
            DistrictCheck(refused).Annotations,
            a => a.Message.Contains(words, StringComparison.Ordinal) && text.Split('\n')[a.StartLine - 1].Contains(line, StringComparison.Ordinal));
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }
}
