using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning.Differences;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <param name="Phases">The plan's steps: a phase begins when the one before has ended; stacks within a phase do not wait for each other.</param>
public sealed record DistrictPlan(Plan Plan, ImmutableArray<ImmutableArray<PlanStep>> Phases);

/// <summary>
/// Compares a district with what is there. Endpoints that are no longer wanted go first, since they stand in the network; then the district's
/// own stack; then its endpoints, which are made from that stack's outputs.
/// </summary>
public static class DistrictPlanner
{
    public static DistrictPlan Plan(DesiredDistrict desired, ObservedDistrict observed)
    {
        var isGoing = desired.District.Delete;
        var wanted = isGoing ? [] : desired.Endpoints;
        ObservedStack[] removed = [.. RemovedEndpoints(desired.District, observed)];
        ImmutableArray<ImmutableArray<PlanStep>> phases =
        [
            [.. removed.SelectMany(RemoveEndpoint)],
            [.. desired.Stack is { } stack && !isGoing ? StackSteps.ToHave(stack, observed.Stack) : StackSteps.ToLack(observed.Stack)],
            [.. wanted.SelectMany(e => Steps(e, desired, observed))],
        ];
        ImmutableArray<ResourceChange> changes =
        [
            .. removed.SelectMany(StackChanges.OfRemoved),
            .. OwnChanges(desired, observed),
            .. wanted.SelectMany(e => Changes(e, observed)),
        ];
        var plan = new Plan
        {
            Subject = $"district {desired.District.Name}",
            Changes = changes,
            Steps = [.. phases.SelectMany(p => p)],
            Consequences = isGoing ? DistrictRemains.Of(desired.District, observed) : PlanConsequences.Of(changes, desired.Stack?.TemplateBody),
        };
        return new(plan, phases);
    }

    /// <summary>Stacks of endpoints that the file has no longer, or that exist elsewhere now; all of them when the district goes.</summary>
    public static IEnumerable<ObservedStack> RemovedEndpoints(District district, ObservedDistrict observed) =>
        observed.Endpoints
            .Where(e => district.Delete || !district.Endpoints.Any(w => w.Name == e.Key && w.Existing is null))
            .Select(e => e.Value);

    private static IEnumerable<PlanStep> RemoveEndpoint(ObservedStack stack) => [.. Unprotect(stack), .. StackSteps.ToLack(stack)];

    /// <summary>What is protected cannot go, and CloudFormation would leave it behind without a word.</summary>
    private static IEnumerable<PlanStep> Unprotect(ObservedStack stack) =>
        StackStatusTable.MoveFor(stack.Status).Move == StackMove.Update
        && stack.Parameters.GetValueOrDefault(DistrictStackKeys.ProtectionParameter) == "true"
            ? [new PlanStep.Unprotect(stack.Name, [.. stack.Parameters.Keys])]
            : [];

    private static IEnumerable<PlanStep> Steps(DesiredEndpoint endpoint, DesiredDistrict desired, ObservedDistrict observed)
    {
        if (!endpoint.IsKnown)
        {
            return [new PlanStep.Later(endpoint.Stack.Name, StackName.District(desired.District.Name))];
        }

        var stack = observed.Endpoints.GetValueOrDefault(endpoint.Name);
        var steps = StackSteps.ToHave(endpoint.Stack, stack);
        var isReplaced = Changes(endpoint, observed).Any(c => c is { Kind: ChangeKind.Replaced, Type: "AWS::ElasticLoadBalancingV2::LoadBalancer" });
        return stack is not null && isReplaced ? Unprotect(stack).Concat(steps) : steps;
    }

    private static IEnumerable<ResourceChange> OwnChanges(DesiredDistrict desired, ObservedDistrict observed) =>
        desired.Stack is { } stack && !desired.District.Delete
            ? StackChanges.Of(stack, observed.Stack, stack.Parameters)
            : observed.Stack is { } old ? StackChanges.OfRemoved(old) : [];

    /// <summary>What stands on something that is not there yet can be compared only afterwards.</summary>
    private static IEnumerable<ResourceChange> Changes(DesiredEndpoint endpoint, ObservedDistrict observed)
    {
        var stack = observed.Endpoints.GetValueOrDefault(endpoint.Name);
        return endpoint.IsKnown || stack is null ? StackChanges.Of(endpoint.Stack, stack, endpoint.Stack.Parameters) : [];
    }
}
