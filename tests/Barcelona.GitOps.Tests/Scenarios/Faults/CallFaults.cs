using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.Slack;
using Barcelona.GitOps.Tests.Scenarios.Notices;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>Calls to AWS and GitHub that go wrong, and processes that end in the middle.</summary>
internal static class CallFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("CloudFormation throttles", "success", "Deployed", Left.New,
            stage => stage.AfterAsync(f => f.Throttle(new FaultMatch("cloudformation") { Times = 12 }))),
        new("ECS throttles", "success", "Deployed", Left.New, stage => stage.AfterAsync(f => f.Throttle(new FaultMatch("ecs") { Times = 12 }))),
        new("AWS answers 500", "success", "Deployed", Left.New, stage => stage.AfterAsync(f => f.ServerError(new FaultMatch(FaultMatch.Any) { Times = 9 }))),
        new("The answer to CreateStack is lost", "success", "Deployed", Left.New,
            stage => stage.AfterAsync(f => f.LostResponse(new FaultMatch("cloudformation", "CreateStack") { Times = 2 }))) { IsFirst = true },
        new("The answer to UpdateStack is lost", "success", "Deployed", Left.New,
            stage => stage.AfterAsync(f => f.LostResponse(new FaultMatch("cloudformation", "UpdateStack")))),
        new("The answer to RegisterTaskDefinition is lost", "success", "Deployed", Left.New,
            stage => stage.AfterAsync(f => f.LostResponse(new FaultMatch("ecs", "RegisterTaskDefinition")))),
        new("ECS refuses a task definition", "failure", "ECS refuses the task definition of web: Invalid image name.", Left.Before,
            stage => stage.AfterAsync(f => f.Error(
                new FaultMatch("ecs", "RegisterTaskDefinition") { Times = 99 }, "InvalidParameterException", "Invalid image name."))),
        new("The district's role lacks a right", "failure", "The district's role lacks it", Left.Before, stage => stage.AfterAsync(f => f.Error(
            new FaultMatch("cloudformation", "UpdateStack") { Times = 99 }, "AccessDenied",
            "User: arn:aws:sts::123456789012:assumed-role/x/y is not authorized to perform: cloudformation:UpdateStack"))),
        new("The district's role lacks a right in the middle of a deploy, and has it again later", "success", "Deployed", Left.New, async stage =>
        {
            var sha = await stage.UnderWayAsync();
            stage.Faults.Error(
                new FaultMatch("cloudformation", "DescribeStacks") { Times = 5 }, "AccessDenied",
                "User: x is not authorized to perform: cloudformation:DescribeStacks");
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        }),
        new("The cause cannot be read either", "failure", "ECS gave up on ServiceWeb after too many tasks had failed.", Left.Before, stage =>
        {
            stage.Faults.Error(
                new FaultMatch("ecs", "DescribeTasks") { Times = 99 },
                "AccessDeniedException", "User: x is not authorized to perform: ecs:DescribeTasks");
            return stage.WithImagesAsync(new ImageBehaviour.CrashLoop(3, TimeSpan.FromSeconds(1)));
        })
        { GoneBack = GoneBack.ByBreaker },
        new("GitHub is away in the middle of a deploy", "success", "Deployed", Left.New, async stage =>
        {
            var sha = await stage.UnderWayAsync();
            stage.Stage.GitHub.Faults.Down = true;
            await stage.Stage.RunForAsync(TimeSpan.FromMinutes(3));
            stage.Stage.GitHub.Faults.Down = false;
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        }),
        new("The worker dies in the middle of a deploy", "success", "Deployed", Left.New, async stage =>
        {
            var sha = await stage.UnderWayAsync();
            stage.Stage.DropService();
            stage.Stage.Clock.Advance(TimeSpan.FromMinutes(1));
            await stage.Stage.StartServiceAsync();
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        }),
        new("Slack does not answer, and the topic may not be published to", "success", "Deployed", Left.New, async stage =>
        {
            await stage.Stage.SetNoticesAsync();
            stage.Stage.Sandbox.Slack.Rule = new SlackRule.Silent();
            return await stage.AfterAsync(
                f => f.Error(new FaultMatch("sns", "Publish") { Times = 99 }, "AuthorizationError", "User: x is not authorized"));
        }),
        new("The database is lost", "success", "Deployed", Left.New, async stage =>
        {
            await stage.Stage.StopServiceAsync();
            stage.Stage.LoseDatabase();
            await stage.Stage.StartServiceAsync();
            return await stage.SettleAsync();
        }),
        new("A delivery never came", "success", "Deployed", Left.New, async stage =>
        {
            await stage.Stage.StopServiceAsync();
            var sha = await stage.PushAsync();
            await stage.Stage.StartServiceAsync();
            await stage.Stage.SweepAsync();
            return sha;
        }),
    ];
}
