using Barcelona.GitOps.Tests.Scenarios.Districts;

namespace Barcelona.GitOps.Tests.Scenarios.Notices;

/// <summary>What a district says of itself, and of channels that hear nothing.</summary>
public sealed class DistrictNoticeScenarios : DistrictScenario
{
    private const string Channels = "notifications: [{slack: notifications/slack_url}, {sns: true}]\n";

    private IEnumerable<string> Said => Stage.Sandbox.Slack.Heard.Select(m => m.Text.Split(" <")[0]);

    [Fact]
    public async Task A_district_says_that_it_is_made_and_its_topic_hears_what_happens_once_it_is_there()
    {
        Stage.Aws.SeedSecret("barcelona/default/notifications/slack_url", Stage.Sandbox.Slack.Webhook("t").AbsoluteUri);

        var sha = await PushDistrictsAsync(("default", DistrictTexts.Made + Channels));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
        Assert.Equal([$"[default] changing it to what {sha[..7]} says, by octocat.", $"[default] is as {sha[..7]} says, by octocat."], Said);
        Assert.Single(Stage.Aws.Calls.Of("sns", "Publish"));
        Assert.DoesNotContain(DistrictCheck(sha).Annotations, a => a.Message.Contains("Notifications", StringComparison.Ordinal));

        Stage.Aws.Faults.FailResource("AWS::AutoScaling::AutoScalingGroup", "You have requested more vCPU capacity than your current limit allows.");
        await PushDistrictsAsync(("default", DistrictTexts.With("max: 3", "max: 4") + Channels));
        Assert.Contains(" failed, by octocat: ", Said.Last(), StringComparison.Ordinal);
        Assert.Equal(3, Stage.Aws.Calls.Of("sns", "Publish").Count);
    }

    [Fact]
    public async Task A_secret_that_is_missing_is_a_remark_and_no_failure()
    {
        Stage.Aws.Faults.Error(
            new("secretsmanager", "GetSecretValue") { Times = 99 },
            "AccessDeniedException",
            "User: x is not authorized to perform: secretsmanager:GetSecretValue");
        const string Deaf = "notifications: [{slack: missing}, {slack: there}]\n";
        Stage.Aws.SeedSecret("barcelona/default/there", Stage.Sandbox.Slack.Webhook("t").AbsoluteUri);
        var first = await PushDistrictsAsync(("default", DistrictTexts.Made + Deaf));
        var second = await PushDistrictsAsync(("default", DistrictTexts.With("max: 3", "max: 4") + Deaf));

        Assert.Equal(("success", "success"), (DistrictCheck(first).Conclusion, DistrictCheck(second).Conclusion));
        Assert.Contains(DistrictCheck(first).Annotations, a => a.Level == "warning"
            && a.Message.Contains("slack:missing do not arrive: the secret 'barcelona/default/missing' is not there", StringComparison.Ordinal));
        Assert.Contains(DistrictCheck(second).Annotations, a => a.Level == "warning"
            && a.Message.Contains("slack:there do not arrive: AWS denied secretsmanager:GetSecretValue", StringComparison.Ordinal));
    }
}
