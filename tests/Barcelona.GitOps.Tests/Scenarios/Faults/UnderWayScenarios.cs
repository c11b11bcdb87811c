using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Aws;
using Barcelona.GitOps.Tests.Scenarios.Checks;
using Microsoft.Extensions.DependencyInjection;
using GitHubFault = Barcelona.GitOps.Sandbox.GitHub.Faults.Fault;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>What stands against a release once AWS is at work on it ends nothing: the verdict is what then runs.</summary>
public sealed class UnderWayScenarios : Scenario
{
    public static TheoryData<string> Troubles => ["consent", "typo", "denied"];

    private static readonly string WithSecret = Manifests.Shop.Replace(
        "image_name: acme/shop\n", "image_name: acme/shop\n    environment: [{name: KEY, secret: shop/key}]\n", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task What_comes_against_an_update_under_way_is_told_and_the_verdict_is_what_runs(string trouble)
    {
        Stage.Aws.SeedSecret("barcelona/default/shop/key", "x");
        await PushAndSettleAsync(WithSecret);
        var sha = await PushAsync(WithSecret + "# more\n");
        await UntilUpdateAsync();

        var district = Stage.District.Text;
        await HappenAsync(trouble);
        await Stage.RunForAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("in_progress", Check(sha).Status);
        Assert.Contains("nothing more is asked for", Check(sha).Text, StringComparison.Ordinal);
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", $"Deployed {sha[..7]} to default/shop"), (Check(sha).Conclusion, Check(sha).Title));
        Stage.District.Write(_ => district);
        Assert.Equal([$"acme/shop:{sha}"], await Serving.ImagesBehindAsync(Stage, "web"));
        var running = (await Stage.Services.GetRequiredService<ReleaseHistory>().ListAsync(new("default", "shop"), Stop))
            .Where(r => r.RanAt is not null).MaxBy(r => r.RanAt);
        Assert.Equal(2, running?.Number);
    }

    [Theory]
    [InlineData("consent")]
    [InlineData("typo")]
    public async Task An_update_that_fails_is_told_by_its_cause_and_not_by_what_stands_against_it_meanwhile(string trouble)
    {
        await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Faults.FailResource("AWS::ElasticLoadBalancingV2::TargetGroup", "Internal failure");
        var sha = await PushAsync(Manifests.Shop.Replace("health_check_path: /\n", "health_check_path: /up\n", StringComparison.Ordinal));
        await UntilUpdateAsync();

        await HappenAsync(trouble);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains("could not make or change", Check(sha).Title, StringComparison.Ordinal);
    }

    /// <summary>It is what the tasks themselves come to without it that decides, and not that it is missing from the plan.</summary>
    [Fact]
    public async Task A_secret_that_goes_in_the_middle_fails_the_release_by_what_its_tasks_say()
    {
        Stage.Aws.SeedSecret("barcelona/default/shop/key", "x");
        var good = await PushAndSettleAsync(WithSecret);
        var sha = await PushAsync(WithSecret + "# more\n");
        await UntilUpdateAsync();

        await HappenAsync("secret");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains("A secret or parameter of web could not be read", Check(sha).Title, StringComparison.Ordinal);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    [Fact]
    public async Task Between_two_stacks_a_refusal_ends_the_run_since_nothing_is_under_way()
    {
        var sha = await PushAsync(Manifests.Shop);
        await Stage.RunForAsync(TimeSpan.FromSeconds(2));
        Assert.Single(Stage.Aws.Calls.Of("cloudformation", "CreateStack"));

        await HappenAsync("consent");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains("does not list 'acme/shop'", Check(sha).Title, StringComparison.Ordinal);
        Assert.Single(Stage.Aws.Calls.Of("cloudformation", "CreateStack"));
    }

    [Fact]
    public async Task What_is_denied_for_good_is_waited_for_until_time_is_up_and_the_check_says_that_AWS_goes_on()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var sha = await PushAsync(Manifests.Shop + "# more\n");
        await UntilUpdateAsync();

        await HappenAsync("denied", times: 9999);
        await Stage.RunUntilQuietAsync();

        Assert.Equal("failure", Check(sha).Conclusion);
        Assert.Contains("AWS denied cloudformation:DescribeStacks", Check(sha).Title, StringComparison.Ordinal);
        Assert.Contains("What AWS has begun goes on", Check(sha).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_when_time_is_up_has_succeeded_though_nobody_looked_in_time()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var sha = await PushAsync(Manifests.Shop + "# more\n");
        await UntilUpdateAsync();

        await Stage.StopServiceAsync();
        Stage.Clock.Advance(TimeSpan.FromMinutes(40));
        await Stage.StartServiceAsync();
        await Stage.RunUntilQuietAsync();

        Assert.Equal(("success", $"Deployed {sha[..7]} to default/shop"), (Check(sha).Conclusion, Check(sha).Title));
        var running = (await Stage.Services.GetRequiredService<ReleaseHistory>().ListAsync(new("default", "shop"), Stop))
            .Where(r => r.RanAt is not null).MaxBy(r => r.RanAt);
        Assert.Equal(2, running?.Number);
    }

    [Fact]
    public async Task GitHub_that_will_not_hear_of_it_meanwhile_is_told_the_verdict_that_came()
    {
        await PushAndSettleAsync(Manifests.Shop);
        var sha = await PushAsync(Manifests.Shop + "# more\n");
        await UntilUpdateAsync();

        // In a district that cannot be read there is something to tell as well.
        var district = Stage.District.Text;
        await HappenAsync("typo");
        Stage.GitHub.Faults.Add(new GitHubFault.Status(403), path: "/repos/*", times: 10_000);
        await Stage.RunForAsync(TimeSpan.FromMinutes(5));
        Stage.GitHub.Faults.Clear();
        Stage.District.Write(_ => district);
        await Stage.SweepAsync();

        Assert.Equal(("success", $"Deployed {sha[..7]} to default/shop"), (Check(sha).Conclusion, Check(sha).Title));
    }

    [Fact]
    public async Task What_somebody_else_has_begun_on_the_stack_is_waited_for()
    {
        await PushAndSettleAsync(Manifests.Shop);
        Stage.Clock.Advance(TimeSpan.FromDays(2));
        using var stacks = new AmazonCloudFormationClient(
            new BasicAWSCredentials("AKIASANDBOX", "secret"),
            new AmazonCloudFormationConfig { ServiceURL = Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region });
        const string app = "barcelona-app--default--shop";
        var template = (await stacks.GetTemplateAsync(new() { StackName = app }, Stop)).TemplateBody;
        var parameters = (await stacks.DescribeStacksAsync(new() { StackName = app }, Stop)).Stacks[0].Parameters;
        await stacks.UpdateStackAsync(
            new()
            {
                StackName = app,
                TemplateBody = template.Replace("\"HealthCheckPath\":\"/\"", "\"HealthCheckPath\":\"/up\"", StringComparison.Ordinal),
                Parameters = [.. parameters.Select(p => new Parameter { ParameterKey = p.ParameterKey, UsePreviousValue = true })],
            },
            Stop);

        var sha = await PushAndSettleAsync(Manifests.Shop + "# more\n");

        Assert.Empty(Stage.Aws.Calls.Of("cloudformation", "CancelUpdateStack"));
        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal([$"acme/shop:{sha}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    [Fact]
    public async Task Whoever_cancels_while_the_district_cannot_be_read_is_heard()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        await PushAsync(Manifests.Shop + "# more\n");
        await UntilUpdateAsync();

        var district = Stage.District.Text;
        await HappenAsync("typo");
        await Stage.Services.GetRequiredService<Cancellations>().StartAsync(new("default", "shop"), "maintainer", Stop);
        await Stage.RunUntilQuietAsync();

        Assert.Single(Stage.Aws.Calls.Of("cloudformation", "CancelUpdateStack"));
        Stage.District.Write(_ => district);
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
    }

    private Task UntilUpdateAsync() => Stage.RunUntilAsync(() => Stage.Aws.Calls.Of("cloudformation", "UpdateStack").Count > 0);

    private async Task HappenAsync(string trouble, int times = 3)
    {
        switch (trouble)
        {
            case "consent":
                Stage.District.Write(text => text.Replace("acme/*", "acme/other", StringComparison.Ordinal));
                break;
            case "typo":
                Stage.District.Write(text => text + "regoin: x\n");
                break;
            case "secret":
                using (var secrets = new AmazonSecretsManagerClient(
                    new BasicAWSCredentials("AKIASANDBOX", "secret"),
                    new AmazonSecretsManagerConfig { ServiceURL = Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region }))
                {
                    await secrets.DeleteSecretAsync(new() { SecretId = "barcelona/default/shop/key", ForceDeleteWithoutRecovery = true }, Stop);
                }

                break;
            case "denied":
                Stage.Aws.Faults.Error(
                    new FaultMatch("cloudformation", "DescribeStacks") { Times = times },
                    "AccessDenied", "User: x is not authorized to perform: cloudformation:DescribeStacks");
                break;
            default:
                throw new InvalidOperationException($"A trouble that nobody knows: {trouble}.");
        }
    }
}
