using Barcelona.GitOps.Tests.Scenarios.Districts;

namespace Barcelona.GitOps.Tests.Commands;

/// <summary><c>barcelona plan</c> where network, cluster and endpoint are what a merge has made.</summary>
public sealed class PlanInMadeDistrictTests : DistrictScenario
{
    private PlanProcess Plan => new(Stage);

    [Fact]
    public async Task What_is_made_is_found_and_what_was_just_deployed_is_no_change()
    {
        Stage.District.Write(_ => DistrictTexts.Made);
        await PushDistrictsAsync(("default", DistrictTexts.Made));
        var before = await Plan.OfAsync(Examples.SinatraOfOneImage);
        Assert.True(before.Exit == 2, before.Output);
        Assert.Contains("+   ServiceWeb (AWS::ECS::Service)", before.Output, StringComparison.Ordinal);

        await PushAndSettleAsync(Examples.SinatraOfOneImage);
        var writes = Stage.Aws.Calls.Writes.Count;

        var after = await Plan.OfAsync(Examples.SinatraOfOneImage);
        Assert.True(after.Exit == 0, after.Output);
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task What_is_not_made_yet_is_an_error_on_the_district_line()
    {
        Stage.District.Write(_ => DistrictTexts.Made);

        var (exit, output) = await Plan.OfAsync(Examples.Sinatra);

        Assert.Equal(1, exit);
        Assert.Contains("barcelona.yml(4,15): error BCN", output, StringComparison.Ordinal);
    }
}
