namespace Barcelona.GitOps.Tests.Scenarios.Districts.Trouble;

/// <summary>A load balancer is protected from deletion: what fails beside it, and what replaces it, must not leave it behind.</summary>
public sealed class BalancerScenarios : DistrictScenario
{
    private const string Stack = "barcelona-endpoint--default--demo-endpoint", Listener = "AWS::ElasticLoadBalancingV2::Listener";
    private const string Balancer = "AWS::ElasticLoadBalancingV2::LoadBalancer";

    private static readonly string Replaced =
        DistrictTexts.With("public: true", "public: false") + "allow_replacement: [demo-endpoint.LoadBalancer]\n";

    [Fact]
    public async Task A_listener_that_fails_leaves_no_balancer_and_the_next_push_makes_a_protected_one()
    {
        Stage.Aws.Faults.FailResource(Listener, "The maximum number of listeners has been reached.");

        var bad = await PushDistrictsAsync(("default", DistrictTexts.Made));

        Assert.Equal("failure", DistrictCheck(bad).Conclusion);
        Assert.Contains("maximum number of listeners", DistrictCheck(bad).Text, StringComparison.Ordinal);
        Assert.Empty(Balancers());

        var good = await PushDistrictsAsync(("default", DistrictTexts.Made + "# once more\n"));

        Assert.Equal(("success", ""), (DistrictCheck(good).Conclusion, Errors(DistrictCheck(good))));
        Assert.True(Assert.Single(Balancers()).IsProtected);
        Assert.Equal("true", Parameter(Stack, "DeletionProtection"));
    }

    [Fact]
    public async Task What_cannot_be_deleted_ends_the_run_and_says_what_a_person_can_do()
    {
        Stage.Aws.Faults.FailResource(Listener, "The maximum number of listeners has been reached.");
        Stage.Aws.Faults.FailDeletion(Balancer, "Load balancer cannot be deleted because deletion protection is enabled", times: 3);
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        var before = (Stage.Clock.GetUtcNow(), Stage.Aws.Calls.Of("cloudformation", "DeleteStack").Count);

        var stuck = await PushDistrictsAsync(("default", DistrictTexts.Made + "# once more\n"));

        Assert.Equal("failure", DistrictCheck(stuck).Conclusion);
        Assert.Contains(
            $"Stack {Stack} cannot be deleted: a person has to take away what stands in the way", DistrictCheck(stuck).Title, StringComparison.Ordinal);
        Assert.Contains("deletion protection is enabled", DistrictCheck(stuck).Text, StringComparison.Ordinal);
        Assert.Equal(before.Count + 1, Stage.Aws.Calls.Of("cloudformation", "DeleteStack").Count);
        Assert.True(Stage.Clock.GetUtcNow() - before.Item1 < TimeSpan.FromMinutes(30));

        // Somebody has done so.
        await Platform.RerequestAsync(DistrictCheck(stuck).Id, "maintainer");
        await Stage.RunUntilQuietAsync();

        var last = Platform.CheckRuns.Last(c => c.Name == "barcelona/district/default");
        Assert.Equal(("success", ""), (last.Conclusion, Errors(last)));
        Assert.True(Assert.Single(Balancers()).IsProtected);
    }

    [Fact]
    public async Task An_accepted_replacement_ends_with_one_protected_balancer_and_applications_come_back_with_their_next_deploy()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        Assert.Equal("success", Check(await PushAndSettleAsync(Manifests.Shop)).Conclusion);

        var sha = await PushDistrictsAsync(("default", Replaced));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
        Assert.Contains("answer 404 until each is deployed again", DistrictCheck(sha).Text, StringComparison.Ordinal);
        var balancer = Assert.Single(Balancers());
        Assert.Equal(("internal", true), (balancer.Scheme, balancer.IsProtected));

        var app = await PushAndSettleAsync(Manifests.Shop + "# behind the new one\n");
        Assert.Equal(("success", ""), (Check(app).Conclusion, Errors(Check(app))));
    }

    [Fact]
    public async Task A_replacement_that_fails_is_rolled_back_and_the_way_back_protects_again()
    {
        var first = await PushDistrictsAsync(("default", DistrictTexts.Made));
        Stage.Aws.Faults.FailResource(Listener, "The maximum number of listeners has been reached.");

        var bad = await PushDistrictsAsync(("default", Replaced));

        Assert.Equal("failure", DistrictCheck(bad).Conclusion);
        Assert.Equal("internet-facing", Assert.Single(Balancers()).Scheme);

        await Platform.ForcePushAsync("main", first);
        await Stage.RunUntilQuietAsync();

        var balancer = Assert.Single(Balancers());
        Assert.Equal(("internet-facing", true), (balancer.Scheme, balancer.IsProtected));
    }
}
