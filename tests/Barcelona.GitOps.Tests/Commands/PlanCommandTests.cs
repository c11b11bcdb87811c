using Barcelona.GitOps.Tests.Scenarios;

namespace Barcelona.GitOps.Tests.Commands;

/// <summary><c>barcelona plan</c> as a person runs it: a process of its own, in a clone, with one's own credentials.</summary>
public sealed class PlanCommandTests : Scenario
{
    private PlanProcess Plan => new(Stage);

    [Fact]
    public async Task What_is_not_there_yet_is_a_change_and_what_was_just_deployed_is_none()
    {
        var before = await Plan.OfAsync(Manifests.FixedImage);
        Assert.True(before.Exit == 2, before.Output);
        Assert.Contains("+   ServiceWeb (AWS::ECS::Service)", before.Output, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes);

        await PushAndSettleAsync(Manifests.FixedImage);
        var writes = Stage.Aws.Calls.Writes.Count;

        var after = await Plan.OfAsync(Manifests.FixedImage);
        Assert.True(after.Exit == 0, after.Output);
        var changed = await Plan.OfAsync(Manifests.FixedImage.Replace("memory: 256", "memory: 256\n        count: 3", StringComparison.Ordinal));
        Assert.True(changed.Exit == 2, changed.Output);
        Assert.Contains("DesiredCount", changed.Output, StringComparison.Ordinal);
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }

    [Fact]
    public async Task What_the_guards_refuse_is_an_error()
    {
        await PushAndSettleAsync(Manifests.FixedImage);

        var (exit, output) = await Plan.OfAsync("environments: {production: {name: shop, district: default, image_name: acme/shop}}\n");

        Assert.Equal(1, exit);
        Assert.Contains("It would be refused: This would delete every service that runs", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_of_another_account_are_refused_before_anything_is_read()
    {
        Stage.District.Write(text => text.Replace("account: \"123456789012\"", "account: \"999999999999\"", StringComparison.Ordinal));

        var (exit, output) = await Plan.OfAsync(Manifests.Shop);

        Assert.Equal(1, exit);
        Assert.Contains(
            "barcelona.yml(4,15): error BCN716: District 'default' is in account 999999999999, and the credentials in use are of account "
            + "123456789012.",
            output,
            StringComparison.Ordinal);
        Assert.Equal(["GetCallerIdentity"], Stage.Aws.Calls.Select(c => c.Operation));
    }

    [Theory]
    [InlineData("repositories: [\"acme/*\"]", "repositories: [\"other/*\"]", "", "BCN601")]
    [InlineData("", "", "    image_tag: \"{tag}\"\n", "BCN603")]
    [InlineData("", "", "    environment: {KEY: {ssm_path: shop/key}}\n", "BCN715")]
    public async Task What_a_deploy_would_refuse_a_plan_refuses(string district, string changed, string line, string code)
    {
        if (district.Length > 0)
        {
            Stage.District.Write(text => text.Replace(district, changed, StringComparison.Ordinal));
        }

        var (exit, output) = await Plan.OfAsync(Manifests.Shop.Replace("    services:\n", line + "    services:\n", StringComparison.Ordinal));

        Assert.Equal(1, exit);
        Assert.Contains($"error {code}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_district_does_not_allow_no_registry_is_asked_for()
    {
        Stage.District.Write(text => text + "policy: {registries: [quay.io]}\n");

        var (exit, output) = await Plan.OfAsync(Manifests.Shop);

        Assert.Equal(1, exit);
        Assert.Contains("error BCN706", output, StringComparison.Ordinal);
        Assert.Empty(Stage.Registry.Requests);
    }

    [Fact]
    public async Task An_environment_that_a_district_takes_is_planned_there()
    {
        Stage.District.Write(text => text.Replace("[\"acme/*\"]", "[{repository: acme/shop, environments: [production]}]", StringComparison.Ordinal));

        var (exit, output) = await Plan.OfAsync(Manifests.Shop.Replace("    district: default\n", "", StringComparison.Ordinal));

        Assert.True(exit == 2, output);
        Assert.Contains("default/shop: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_image_or_a_district_nothing_is_to_be_done()
    {
        Assert.Equal(
            (0, "production would not be deployed: it has no image_name.\n"),
            await Plan.OfAsync(Manifests.Shop.Replace("    image_name: acme/shop\n", "", StringComparison.Ordinal)));
        Assert.Equal(
            (0, "production would not be deployed: it names no district, and no district takes it.\n"),
            await Plan.OfAsync(Manifests.Shop.Replace("    district: default\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Warnings_stand_above_the_plan()
    {
        var (exit, output) = await Plan.OfAsync(
            Manifests.Shop.Replace("memory: 256", "memory: 600\n        capacity: fargate", StringComparison.Ordinal));

        Assert.True(exit == 2, output);
        Assert.StartsWith("barcelona.yml(16,17): warning BCN708", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_is_checked_out_gives_the_image_its_tag()
    {
        await Plan.OfAsync(Manifests.Shop);
        Plan.CheckOutTag("v1.4.0");

        var (_, output) = await Plan.RunAsync();

        Assert.DoesNotContain("BCN603", output, StringComparison.Ordinal);
        Assert.True((await Plan.RunAsync("--image-tag", "v1.4.0")).Output == output, output);
    }
}
