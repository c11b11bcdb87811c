using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Tests.Scenarios.Checks;

namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>From every status that a stack can be in a deploy leads to what was asked for, or to a person who is told what to do.</summary>
public sealed partial class StackStatusScenarios : Scenario
{
    private const string Deployed = "Deployed";

    /// <summary>What follows by itself, where something does, and what the check then says.</summary>
    private static readonly Dictionary<StackStatus, (string Next, string Says)> Ways = new()
    {
        [StackStatus.Unknown] = ("", "reports a status that this version does not know"),
        [StackStatus.CreateInProgress] = ("CREATE_COMPLETE", Deployed),
        [StackStatus.CreateFailed] = ("", Deployed),
        [StackStatus.CreateComplete] = ("", Deployed),
        [StackStatus.RollbackInProgress] = ("ROLLBACK_COMPLETE", Deployed),
        [StackStatus.RollbackFailed] = ("", Deployed),
        [StackStatus.RollbackComplete] = ("", Deployed),
        [StackStatus.DeleteInProgress] = ("DELETE_FAILED", Deployed),
        [StackStatus.DeleteFailed] = ("", Deployed),
        [StackStatus.DeleteComplete] = ("", Deployed),
        [StackStatus.UpdateInProgress] = ("UPDATE_COMPLETE", Deployed),
        [StackStatus.UpdateCompleteCleanupInProgress] = ("UPDATE_COMPLETE", Deployed),
        [StackStatus.UpdateComplete] = ("", Deployed),
        [StackStatus.UpdateFailed] = ("", Deployed),
        [StackStatus.UpdateRollbackInProgress] = ("UPDATE_ROLLBACK_COMPLETE", Deployed),
        [StackStatus.UpdateRollbackFailed] = ("", Deployed),
        [StackStatus.UpdateRollbackCompleteCleanupInProgress] = ("UPDATE_ROLLBACK_COMPLETE", Deployed),
        [StackStatus.UpdateRollbackComplete] = ("", Deployed),
        [StackStatus.ReviewInProgress] = ("", Deployed),
        [StackStatus.ImportInProgress] = ("IMPORT_COMPLETE", Deployed),
        [StackStatus.ImportComplete] = ("", Deployed),
        [StackStatus.ImportRollbackInProgress] = ("IMPORT_ROLLBACK_COMPLETE", Deployed),
        [StackStatus.ImportRollbackFailed] = ("", "finish or undo it in the CloudFormation console"),
        [StackStatus.ImportRollbackComplete] = ("", Deployed),
    };

    public static TheoryData<StackStatus> All => [.. Enum.GetValues<StackStatus>()];

    [Theory]
    [MemberData(nameof(All))]
    public async Task From_every_status_there_is_a_way(StackStatus status)
    {
        var (next, says) = Ways[status];
        var good = await PushAndSettleAsync(Manifests.Shop);
        await PutAsync(status);

        var sha = await PushAsync(Manifests.Shop + "# more\n");
        if (next.Length > 0)
        {
            await Stage.RunForAsync(TimeSpan.FromSeconds(40));
            Assert.Equal("in_progress", Check(sha).Status);
            Stage.Aws.PutStack(FaultStage.AppStack, next);
        }

        await Stage.RunUntilQuietAsync();

        Assert.Equal(("completed", says == Deployed ? "success" : "failure"), (Check(sha).Status, Check(sha).Conclusion));
        Assert.Contains(says, Check(sha).Title, StringComparison.Ordinal);
        await AssertServesAsync(says == Deployed ? sha : good);
    }

    /// <summary>Roles and logs lie there: nothing runs in it, and what runs must not stop because of it.</summary>
    [Theory]
    [InlineData(StackStatus.UpdateInProgress, "UPDATE_COMPLETE", Deployed)]
    [InlineData(StackStatus.UpdateRollbackFailed, "", Deployed)]
    [InlineData(StackStatus.UpdateRollbackComplete, "", Deployed)]
    [InlineData(StackStatus.ImportComplete, "", Deployed)]
    [InlineData(StackStatus.ImportRollbackFailed, "", "finish or undo it in the CloudFormation console")]
    [InlineData(StackStatus.Unknown, "", "reports a status that this version does not know")]
    public async Task So_there_is_of_the_heritages_own_stack(StackStatus status, string next, string says)
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.PutStack(FaultStage.HeritageStack, WordOf(status));

        var sha = await PushAsync(Manifests.Shop + "# more\n");
        if (next.Length > 0)
        {
            await Stage.RunForAsync(TimeSpan.FromSeconds(40));
            Assert.Equal("in_progress", Check(sha).Status);
            await AssertServesAsync(good);
            Stage.Aws.PutStack(FaultStage.HeritageStack, next);
        }

        await Stage.RunUntilQuietAsync();

        Assert.Equal(("completed", says == Deployed ? "success" : "failure"), (Check(sha).Status, Check(sha).Conclusion));
        Assert.Contains(says, Check(sha).Title, StringComparison.Ordinal);
        await AssertServesAsync(says == Deployed ? sha : good);
    }

    [Fact]
    public async Task A_rollback_that_is_stuck_for_good_names_what_it_is_stuck_at_and_the_command_and_skips_nothing()
    {
        var good = await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.CrashLoop(3, TimeSpan.FromSeconds(1)));
        Stage.Aws.Images.Set($"acme/shop:{good}", new ImageBehaviour.Healthy());
        Stage.Aws.Faults.RollbackFails(FaultStage.AppStack, times: 2);

        var bad = await PushAndSettleAsync(Manifests.Shop + "# bad\n");

        Assert.Contains("stopped by itself with exit code 3. Stack", Check(bad).Title, StringComparison.Ordinal);
        Assert.Contains("could not be rolled back, not even a second time", Check(bad).Title, StringComparison.Ordinal);
        var skip = SkipList().Match(Check(bad).Text ?? "");
        Assert.True(skip.Success, Check(bad).Text);
        Assert.StartsWith("Service", skip.Groups[1].Value, StringComparison.Ordinal);
        Assert.Contains("Internal Failure", Check(bad).Text, StringComparison.Ordinal);
        Assert.All(Stage.Aws.Calls.Of("cloudformation", "ContinueUpdateRollback"), c => Assert.Null(c.Request["ResourcesToSkip"]));

        // A person does as the check says.
        using var stacks = StackFaults.Stacks(new FaultStage(Stage, Shop, good));
        List<string> skipped = [.. skip.Groups[1].Value.Split(' ')];
        await stacks.ContinueUpdateRollbackAsync(new() { StackName = FaultStage.AppStack, ResourcesToSkip = skipped }, Stop);
        Stage.Clock.Advance(TimeSpan.FromMinutes(5));
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.Healthy());
        await Shop.RerequestAsync(Check(bad).Id, "octocat");
        await Stage.RunUntilQuietAsync();

        Assert.Equal("success", Shop.CheckRuns.Last(c => c.HeadSha == bad && c.Name == "barcelona/production").Conclusion);
    }

    [Fact]
    public async Task What_cannot_be_deleted_is_named_with_the_command_that_lets_it_go()
    {
        Stage.Aws.Faults.FailDeletion("AWS::ElasticLoadBalancingV2::TargetGroup", "Target group is in use", times: 99);
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.PullFails("manifest unknown"));
        await PushAndSettleAsync(Manifests.Shop);
        Stage.Aws.Images.Set("acme/shop:*", new ImageBehaviour.Healthy());

        var next = await PushAndSettleAsync(Manifests.Shop + "# next\n");

        Assert.Contains("cannot be deleted", Check(next).Title, StringComparison.Ordinal);
        Assert.Contains(
            $"aws cloudformation delete-stack --stack-name {FaultStage.AppStack} --region ap-northeast-1 --retain-resources TargetGroup",
            Check(next).Text, StringComparison.Ordinal);
    }

    private async Task AssertServesAsync(string commit)
    {
        Stage.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([$"acme/shop:{commit}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Equal([$"acme/shop:{commit}"], Serving.RunningImages(Stage)["worker"]);
    }

    private static string WordOf(StackStatus status) =>
        status == StackStatus.Unknown ? "UNHEARD_OF" : Word().Replace(status.ToString(), "_").ToUpperInvariant();

    private async Task PutAsync(StackStatus status)
    {
        if (status != StackStatus.DeleteComplete)
        {
            Stage.Aws.PutStack(FaultStage.AppStack, WordOf(status));
            return;
        }

        using var stacks = StackFaults.Stacks(new FaultStage(Stage, Shop, ""));
        await stacks.DeleteStackAsync(new() { StackName = FaultStage.AppStack }, Stop);
        Stage.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    [GeneratedRegex("(?<!^)(?=[A-Z])")]
    private static partial Regex Word();

    [GeneratedRegex(@"continue-update-rollback --stack-name barcelona-app--default--shop --region ap-northeast-1 --resources-to-skip ([\w ]+)")]
    private static partial Regex SkipList();
}
