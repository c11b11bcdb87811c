using Amazon.CloudFormation;
using Amazon.Runtime;
using Barcelona.GitOps.Sandbox.Aws.Faults;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Tests.Aws;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>Stacks in every state that CloudFormation knows.</summary>
internal static class StackFaults
{
    private const string Rule = "AWS::ElasticLoadBalancingV2::ListenerRule", Group = "AWS::ElasticLoadBalancingV2::TargetGroup";

    private const string Letting =
        $"aws cloudformation delete-stack --stack-name {FaultStage.AppStack} --region ap-northeast-1 --retain-resources TargetGroup";

    private static readonly ImageBehaviour NotThere = new ImageBehaviour.PullFails("manifest unknown");

    private static readonly ImageBehaviour Crashes = new ImageBehaviour.CrashLoop(3, TimeSpan.FromSeconds(1));

    /// <summary>The same file with another path to check, so that the target group changes.</summary>
    private static readonly string Changed = Manifests.Shop.Replace("health_check_path: /\n", "health_check_path: /up\n", StringComparison.Ordinal);

    public static IEnumerable<Fault> All =>
    [
        new("A resource cannot be changed", "failure", "could not make or change", Left.Before,
            stage => stage.AfterAsync(f => f.FailResource(Group, "Internal failure"), Changed))
        { GoneBack = GoneBack.ByCloudFormation },
        new("A resource cannot be made in the first deploy", "failure", "could not make or change", Left.NoStack,
            stage => stage.AfterAsync(f => f.FailResource(Rule, "Priority '100' is currently in use")))
        { IsFirst = true, GoneBack = GoneBack.CreationByCloudFormation },
        new("The heritage's own stack cannot be made", "failure", "could not make or change LogGroup", Left.Nothing,
            stage => stage.AfterAsync(f => f.FailResource("AWS::Logs::LogGroup", "Limit exceeded")))
        { IsFirst = true, GoneBack = GoneBack.CreationByCloudFormation },
        new("A service-linked role of the account is not ready", "failure", "was not ready yet", Left.NoStack,
            stage => stage.AfterAsync(f => f.FailResource(
                "AWS::ECS::Service", "Unable to assume the service linked role. Please verify that the ECS service linked role exists.")))
        { IsFirst = true, GoneBack = GoneBack.CreationByCloudFormation },
        new("A roll-back gets stuck once", "failure", "exit code 3", Left.Before, stage =>
        {
            stage.Faults.RollbackFails(FaultStage.AppStack);
            return stage.WithImagesAsync(Crashes);
        })
        { GoneBack = GoneBack.ByUs },
        new("A roll-back gets stuck, and again when it is continued", "failure", "not even a second time", Left.Stuck, stage =>
        {
            stage.Faults.RollbackFails(FaultStage.AppStack, times: 2);
            return stage.WithImagesAsync(Crashes);
        })
        {
            StuckIn = new("UPDATE_ROLLBACK_FAILED", $"aws cloudformation continue-update-rollback --stack-name {FaultStage.AppStack}"),
        },
        new("What an earlier first deploy left cannot be deleted", "failure", "cannot be deleted", Left.Stuck, async stage =>
        {
            stage.Faults.FailDeletion(Group, "Target group is in use", times: 99);
            await stage.WithImagesAsync(Crashes);
            return await stage.WithImagesAsync(new ImageBehaviour.Healthy());
        })
        { IsFirst = true, StuckIn = new("DELETE_FAILED", Letting) },
        new("What failed may not be deleted: somebody has protected the stack", "failure", "CloudFormation refuses to delete stack", Left.Stuck,
            async stage =>
            {
                stage.Aws.Images.Set("*acme/shop*", NotThere);
                var sha = await stage.PushAsync();
                using var stacks = Stacks(stage);
                await stage.Stage.RunUntilAsync(
                    () => stage.Aws.Calls.Of("cloudformation", "CreateStack").Count(c => c.StatusCode == 200) == 2);
                await stacks.UpdateTerminationProtectionAsync(new() { StackName = FaultStage.AppStack, EnableTerminationProtection = true });
                await stage.Stage.RunUntilQuietAsync();
                return sha;
            })
        { IsFirst = true, StuckIn = new("ROLLBACK_COMPLETE", "Delete it once that is mended; a deploy then makes it anew.") },
        new("What was made of a first deploy cannot be deleted", "failure", "cannot be deleted: a person has to take away", Left.Stuck, stage =>
        {
            stage.Faults.FailDeletion(Group, "Target group is in use", times: 99);
            stage.Aws.Images.Set("*acme/shop*", NotThere);
            return stage.SettleAsync();
        })
        { IsFirst = true, StuckIn = new("DELETE_FAILED", Letting) },
        new("A change set that was never executed left the stack in review", "success", "Deployed", Left.New, async stage =>
        {
            using var stacks = Stacks(stage);
            await stacks.CreateChangeSetAsync(new()
            {
                StackName = FaultStage.AppStack,
                ChangeSetName = "by-hand",
                ChangeSetType = ChangeSetType.CREATE,
                Tags = [Tag("repository", "acme/shop"), Tag("district", "default"), Tag("heritage", "shop")],
                TemplateBody = """{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}""",
            });
            return await stage.SettleAsync();
        })
        { IsFirst = true },
        new("Somebody imports resources into the stack", "success", "Deployed", Left.New, async stage =>
        {
            stage.Aws.PutStack(FaultStage.AppStack, "IMPORT_IN_PROGRESS");
            var sha = await stage.UnderWayAsync();
            stage.Aws.PutStack(FaultStage.AppStack, "IMPORT_COMPLETE");
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        }),
        new("An import could not be undone", "failure", "finish or undo it in the CloudFormation console", Left.Stuck, stage =>
        {
            stage.Aws.PutStack(FaultStage.AppStack, "IMPORT_ROLLBACK_FAILED");
            return stage.SettleAsync();
        })
        { StuckIn = new("IMPORT_ROLLBACK_FAILED", "finish or undo it in the CloudFormation console") },
        new("A stack is in a status that did not exist before", "failure", "a status that this version does not know", Left.Stuck, stage =>
        {
            stage.Aws.PutStack(FaultStage.AppStack, "UNHEARD_OF");
            return stage.SettleAsync();
        })
        { StuckIn = new("UNHEARD_OF", "a status that this version does not know") },
        new("AWS completes an update that was given up", "success", "Deployed", Left.New, async stage =>
        {
            stage.Faults.Error(
                new FaultMatch("cloudformation", "CancelUpdateStack") { Times = 99 },
                "ValidationError", "cannot be called from current stack status");
            stage.Aws.Images.Set("*acme/shop*", NotThere);
            stage.Aws.Images.Set($"*acme/shop:{stage.Good}*", new ImageBehaviour.Healthy());
            var sha = await stage.PushAsync();
            await stage.Stage.RunForAsync(TimeSpan.FromSeconds(20));
            stage.Aws.Images.Set("*acme/shop*", new ImageBehaviour.Healthy());
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        }),
        new("The worker dies while an update is given up", "failure", ContainerFaults.NotPulled, Left.Before, async stage =>
        {
            stage.Aws.Images.Set("*acme/shop*", NotThere);
            stage.Aws.Images.Set($"*acme/shop:{stage.Good}*", new ImageBehaviour.Healthy());
            var sha = await stage.PushAsync();
            await stage.Stage.RunUntilAsync(() => stage.Aws.Calls.Of("cloudformation", "CancelUpdateStack").Count > 0);
            stage.Stage.DropService();
            stage.Stage.Clock.Advance(TimeSpan.FromMinutes(1));
            await stage.Stage.StartServiceAsync();
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        })
        { GoneBack = GoneBack.ByUs },
        new("Somebody cancels the update in CloudFormation", "failure", "somebody cancelled the update.", Left.Before, async stage =>
        {
            var sha = await stage.UnderWayAsync();
            using var stacks = Stacks(stage);
            await stacks.CancelUpdateStackAsync(new() { StackName = FaultStage.AppStack });
            await stage.Stage.RunUntilQuietAsync();
            return sha;
        })
        { GoneBack = GoneBack.ByHand },
        new("Somebody deletes the application's stack", "success", "Deployed", Left.New, async stage =>
        {
            using var stacks = Stacks(stage);
            await stacks.DeleteStackAsync(new() { StackName = FaultStage.AppStack });
            return await stage.SettleAsync();
        }),
    ];

    private static Amazon.CloudFormation.Model.Tag Tag(string name, string value) => new() { Key = $"barcelona:{name}", Value = value };

    public static AmazonCloudFormationClient Stacks(FaultStage stage) => new(
        new BasicAWSCredentials("AKIASANDBOX", "secret"),
        new AmazonCloudFormationConfig { ServiceURL = stage.Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region });
}
