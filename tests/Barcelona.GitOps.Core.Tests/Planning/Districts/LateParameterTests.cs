using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Planning.Districts;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Districts;
using Barcelona.GitOps.Core.Tests.Templates.Districts;

namespace Barcelona.GitOps.Core.Tests.Planning.Districts;

/// <summary>What may be true only of a resource that stands comes in a second update.</summary>
public sealed class LateParameterTests
{
    private static readonly ObservedDistrict Made = MadeDistrict.Made(DistrictExample.With(MadeDistrict.Keys));

    private static readonly StackSpec Wanted = Assert.Single(MadeDistrict.Desired(DistrictExample.With(MadeDistrict.Keys), Made).Endpoints).Stack;

    private static ObservedStack Standing { get; } = Made.Endpoints["demo-endpoint"];

    [Fact]
    public void A_stack_is_made_without_and_gets_it_afterwards_and_the_plan_says_so()
    {
        PlanStep[] steps = [.. StackSteps.ToHave(Wanted, stack: null)];

        var create = Assert.IsType<PlanStep.CreateStack>(steps[0]).Stack;
        var update = Assert.IsType<PlanStep.UpdateStack>(steps[1]).Stack;
        Assert.Equal(("false", "true"), (Protection(create), Protection(update)));
        Assert.NotEqual(create.Parameters[StackKeys.FingerprintParameter], update.Parameters[StackKeys.FingerprintParameter]);
        Assert.EndsWith("once that stands: DeletionProtection true", PlanLines.Step(steps[1]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StackStatus.CreateComplete, "UpdateStack")]
    [InlineData(StackStatus.CreateInProgress, "Wait UpdateStack")]
    [InlineData(StackStatus.UpdateRollbackComplete, "UpdateStack")]
    [InlineData(StackStatus.RollbackComplete, "DeleteFailedStack CreateStack UpdateStack")]
    public void Whoever_comes_upon_one_that_lacks_it_takes_the_steps_that_are_left(StackStatus status, string expected)
    {
        var half = Standing with { Status = status, Parameters = Wanted.WhileMaking(Wanted.Late).Parameters };

        Assert.Equal(expected, string.Join(' ', StackSteps.ToHave(Wanted, half).Select(s => s.GetType().Name)));
    }

    [Fact]
    public void A_change_of_something_else_leaves_it_on() =>
        Assert.Equal("true", Protection(Assert.IsType<PlanStep.UpdateStack>(Assert.Single(StackSteps.ToHave(Other, Standing))).Stack));

    [Theory]
    [InlineData("{instance_types: [t3.small], min: 1, max: 3}", "0 1")]
    [InlineData("{instance_types: [t3.small], min: 0, max: 3}", "0")]
    public void The_cluster_s_group_is_empty_until_it_has_its_capacity_provider(string cluster, string minima)
    {
        var keys = MadeDistrict.Keys.Replace("{instance_types: [t3.small], min: 1, max: 3}", cluster, StringComparison.Ordinal);
        var stack = MadeDistrict.Desired(DistrictExample.With(keys), MadeDistrict.Nothing).Stack;

        var steps = StackSteps.ToHave(Assert.IsType<StackSpec>(stack), stack: null).Select(StackOf);

        Assert.Equal(minima, string.Join(' ', steps.Select(s => s.Parameters[DistrictStackKeys.InstanceMinParameter])));
    }

    private static StackSpec Other => Wanted with
    {
        TemplateBody = Wanted.TemplateBody.Replace("\"404\"", "\"503\"", StringComparison.Ordinal),
        Parameters = Wanted.Parameters.SetItem(StackKeys.FingerprintParameter, "other"),
    };

    private static string Protection(StackSpec stack) => stack.Parameters[DistrictStackKeys.ProtectionParameter];

    private static StackSpec StackOf(PlanStep step) => step switch
    {
        PlanStep.CreateStack s => s.Stack,
        PlanStep.UpdateStack s => s.Stack,
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };
}
