namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>From instances to Fargate: the instances go last.</summary>
public sealed class CapacityScenarios : DistrictScenario
{
    private const string OnInstances = "capacity: ec2\ncluster:\n  instance_types: [t3.small]\n  min: 1\n  max: 3\n";

    private static readonly string OnFargate = DistrictTexts.With(OnInstances, "capacity: fargate\n");

    [Fact]
    public async Task Instances_that_services_run_on_do_not_go()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        await PushAndSettleAsync(Manifests.Shop);
        var writes = StackWrites().Count;

        var refused = await PushDistrictsAsync(("default", OnFargate));

        Assert.Equal("failure", DistrictCheck(refused).Conclusion);
        Assert.Contains(DistrictCheck(refused).Annotations, a =>
            OnFargate.Split('\n')[a.StartLine - 1] == "capacity: fargate" && a.Message.Contains("barcelona-app--default--shop still run", StringComparison.Ordinal));
        Assert.Equal(writes, StackWrites().Count);
    }

    [Fact]
    public async Task Kept_for_as_long_as_it_takes_they_go_once_the_applications_are_on_Fargate()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        await PushAndSettleAsync(Manifests.Shop);

        await PushDistrictsAsync(("default", DistrictTexts.With(OnInstances, "capacity: fargate\ncluster: {min: 0}\n")));
        var app = await PushAndSettleAsync(Manifests.Shop + "# on Fargate\n");
        Assert.Equal(("success", ""), (Check(app).Conclusion, Errors(Check(app))));
        var gone = await PushDistrictsAsync(("default", OnFargate));

        Assert.Equal(("success", ""), (DistrictCheck(gone).Conclusion, Errors(DistrictCheck(gone))));
    }

    /// <summary>Only what waits for the capacity provider makes it add one.</summary>
    [Fact]
    public async Task A_migration_in_a_cluster_without_instances_gets_one()
    {
        await PushDistrictsAsync(("default", DistrictTexts.With("min: 1", "min: 0")));

        var sha = await PushAndSettleAsync(Manifests.Migrating);

        Assert.Equal(("success", ""), (Check(sha).Conclusion, Errors(Check(sha))));
        Assert.Equal("EC2", Assert.Single(Stage.Aws.OneOffTasks).LaunchType);
        Assert.NotNull(Assert.Single(Stage.Aws.Calls.Of("ecs", "RunTask")).Request["capacityProviderStrategy"]);
    }

    [Fact]
    public async Task Without_applications_they_go_at_once()
    {
        await PushDistrictsAsync(("default", DistrictTexts.Made));

        var gone = await PushDistrictsAsync(("default", OnFargate));

        Assert.Equal(("success", ""), (DistrictCheck(gone).Conclusion, Errors(DistrictCheck(gone))));
    }
}
