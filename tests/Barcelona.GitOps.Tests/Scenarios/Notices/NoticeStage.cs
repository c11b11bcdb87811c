using System.Text;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Notices;

/// <summary>What a district needs to be heard: a secret, a topic, and the lines in its file.</summary>
internal static class NoticeStage
{
    private const string Topic = """
        {"Resources": {"NotificationTopic": {"Type": "AWS::SNS::Topic"}}, "Outputs": {"NotificationTopic": {"Value": {"Ref": "NotificationTopic"}}}}
        """;

    public static async Task SetNoticesAsync(this Stage stage, string token = "C4naryC4naryC4naryC4nary")
    {
        stage.District.Write(text => text + "notifications: [{slack: notifications/slack_url}, {sns: true}]\n");
        stage.Aws.SeedSecret("barcelona/default/notifications/slack_url", stage.Sandbox.Slack.Webhook(token).AbsoluteUri);
        await stage.Account().CloudFormation.CreateStackAsync(
            new() { StackName = "barcelona-default", TemplateBody = Topic }, TestContext.Current.CancellationToken);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        stage.Aws.Advance();
        stage.Aws.Calls.Clear();
    }

    /// <summary>The account as somebody with a console sees it.</summary>
    private static AwsSession Account(this Stage stage)
    {
        var district = DistrictParser.Parse("default", "districts/default.yml", Encoding.UTF8.GetBytes(stage.District.Text)).Value;
        return stage.Services.GetRequiredService<AwsSessions>().For(
            Assert.IsType<District>(district), new SessionPurpose(RepositoryName.Parse("acme/shop"), Commit: null, "somebody"));
    }
}
