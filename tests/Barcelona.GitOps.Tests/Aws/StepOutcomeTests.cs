using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Tests.Aws;

/// <summary>CloudFormation's refusals, in its own words; only they tell a race from a mistake.</summary>
public sealed class StepOutcomeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ValidationError", "Stack:arn:aws:cloudformation:x is in UPDATE_IN_PROGRESS state and can not be updated.", typeof(StepOutcome.Busy))]
    [InlineData("ValidationError", "Stack:arn:aws:cloudformation:x is in ROLLBACK_COMPLETE state and can not be updated.", typeof(StepOutcome.Busy))]
    [InlineData("ValidationError", "Stack [barcelona-app--default--shop] does not exist", typeof(StepOutcome.Busy))]
    [InlineData("ValidationError", "No updates are to be performed.", typeof(StepOutcome.NothingToDo))]
    [InlineData("TokenAlreadyExistsException", "Token is used", typeof(StepOutcome.Busy))]
    [InlineData("ValidationError", "Template format error: Unresolved resource dependencies [X] in the Resources block", typeof(StepOutcome.Refused))]
    [InlineData("ValidationError", "Parameters: [Cluster] must have values", typeof(StepOutcome.Refused))]
    [InlineData("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_IAM]", typeof(StepOutcome.Refused))]
    public async Task An_update_is_refused_in_words_that_decide_what_happens_next(string code, string message, Type expected)
    {
        using var aws = new AwsHarness(new Uri("http://127.0.0.1:9"));
        aws.Tap.Answer("AssumeRole", _ => SessionTests.Assumed());
        aws.Tap.Answer("UpdateStack", _ => WireTap.QueryError(code, message));

        var outcome = await aws.Get<StackConverger>().StartAsync(aws.Session, new PlanStep.UpdateStack(Specs.Heritage()), "token", Token);

        Assert.IsType(expected, outcome);
        Assert.Equal(1, aws.Tap.Count("UpdateStack"));
    }

    [Fact]
    public async Task A_step_that_is_not_for_CloudFormation_is_a_mistake_of_the_caller()
    {
        using var aws = new AwsHarness(new Uri("http://127.0.0.1:9"));
        var wait = new PlanStep.Wait(StackName.App("default", "shop"), StackStatus.UpdateInProgress);

        await Assert.ThrowsAsync<ArgumentException>(() => aws.Get<StackConverger>().StartAsync(aws.Session, wait, "token", Token));
        Assert.Empty(aws.Tap.Calls);
    }
}
