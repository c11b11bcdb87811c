using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning.Differences;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <summary>The last look before a district is changed. Each refusal stands on the line of the key that causes it.</summary>
public static class DistrictGuards
{
    private const string Vpc = "AWS::EC2::VPC";

    private static readonly ImmutableHashSet<string> Precious =
    [
        Vpc, "AWS::EC2::Subnet", "AWS::ECS::Cluster", "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::S3::Bucket",
    ];

    /// <summary>A stack of one of our names that is not of this district and this platform repository. Asked before anything is compared.</summary>
    public static ImmutableArray<Diagnostic> NotOurs(District district, RepositoryName platform, ObservedDistrict observed) =>
    [
        .. observed.All.Where(s => s.Status != StackStatus.DeleteComplete)
            .Select(s => (Stack: s, Whose: WhoseElse(s, district, platform)))
            .Where(s => s.Whose is not null)
            .Select(s => DistrictPlanDiagnostics.NotOurs(district.Span, s.Stack.Name.Value, s.Whose ?? "")),
    ];

    /// <summary>Replacements and removals of what everything else stands in, unless the file accepts them.</summary>
    /// <param name="plan">A district that goes, and an endpoint that goes unused, go as a whole: those are other questions.</param>
    public static ImmutableArray<Diagnostic> Destructive(DesiredDistrict desired, ObservedDistrict observed, Plan plan)
    {
        if (desired.District.Delete)
        {
            return [];
        }

        var removed = DistrictPlanner.RemovedEndpoints(desired.District, observed).Select(s => s.Name.Value).ToHashSet(StringComparer.Ordinal);
        var impossible = Impossible(desired.District, [.. observed.Endpoints.Values.Select(s => s.Name.Value).Except(removed)], plan).ToList();
        return
        [
            .. observed.All.Where(s => !removed.Contains(s.Name.Value) && IsUnreadable(desired, s))
                .Select(s => DistrictPlanDiagnostics.Unreadable(desired.District.Span, s.Name.Value)),
            .. impossible,
            .. plan.Changes
                .Where(c => c.Kind is ChangeKind.Replaced or ChangeKind.Deleted && Precious.Contains(c.Type) && !removed.Contains(c.Where))
                .Where(c => impossible.Count == 0 || c.Type is not (Vpc or "AWS::EC2::Subnet"))
                .Select(c => (Change: c, Name: DistrictPlaces.NameOf(desired.District, c)))
                .Where(c => !desired.District.AllowReplacement.Contains(c.Name, StringComparer.Ordinal))
                .Select(c => DistrictPlanDiagnostics.Destructive(
                    DistrictPlaces.CauseOf(desired.District, c.Change), (c.Name, c.Change.Type), c.Change.Kind == ChangeKind.Replaced)),
        ];
    }

    /// <summary>
    /// Endpoints that a change of the network would leave behind: neither a load balancer nor a target group ever changes its network, and a
    /// listener leads only to target groups of its own. Of existing endpoints it is known when the network is only being made.
    /// </summary>
    public static ImmutableArray<Diagnostic> LeftBehind(DesiredDistrict desired, ObservedDistrict observed, Plan plan)
    {
        var district = desired.District;
        if (plan.Changes.Any(c => c is { Type: Vpc, Kind: ChangeKind.Deleted or ChangeKind.Replaced }))
        {
            // That is refused as a whole.
            return [];
        }

        var isNew = plan.Changes.Any(c => c is { Type: Vpc, Kind: ChangeKind.Created });
        return
        [
            .. desired.Endpoints.Where(e => NetworkOf(e) is { } vpc && (isNew || vpc != e.Stack.Parameters[StackKeys.VpcParameter]))
                .Select(e => DistrictPlanDiagnostics.LeftBehind(district.PlaceOf("network"), e.Name)),
            .. district.Endpoints.Where(e => isNew && e.Existing is not null)
                .Select(e => DistrictPlanDiagnostics.Elsewhere(district.PlaceOf($"endpoints.{e.Name}.existing"), e.Name)),
        ];

        string? NetworkOf(DesiredEndpoint endpoint) =>
            observed.Endpoints.GetValueOrDefault(endpoint.Name) is { } stack && StackStatusTable.HoldsResources(stack.Status)
                ? stack.Parameters.GetValueOrDefault(StackKeys.VpcParameter)
                : null;
    }

    /// <summary>
    /// Consent does not help here. A network is not exchanged in place: its internet gateway is still attached to the old one when the new one
    /// asks for it, https://github.com/aws/aws-cdk/issues/16869. Nor can it go before the load balancers in it, which are other stacks'.
    /// </summary>
    private static IEnumerable<Diagnostic> Impossible(District district, ImmutableArray<string> endpoints, Plan plan) => plan.Changes
        .Where(c => c.Type == Vpc && (c.Kind == ChangeKind.Replaced || (c.Kind == ChangeKind.Deleted && !endpoints.IsEmpty)))
        .Select(c => DistrictPlanDiagnostics.Fixed(DistrictPlaces.CauseOf(district, c), c.LogicalId, c.Kind == ChangeKind.Replaced ? [] : endpoints));

    /// <summary>What an update would destroy cannot be told: somebody has put another template in its place.</summary>
    private static bool IsUnreadable(DesiredDistrict desired, ObservedStack stack)
    {
        var wanted = desired.Endpoints.Select(e => e.Stack).Prepend(desired.Stack).FirstOrDefault(s => s?.Name == stack.Name);
        return wanted is not null && StackStatusTable.HoldsResources(stack.Status) && !StackSteps.IsAsWanted(wanted, stack)
            && !TemplateDiff.IsReadable(stack.TemplateBody);
    }

    private static string? WhoseElse(ObservedStack stack, District district, RepositoryName platform) =>
        stack.Tags.GetValueOrDefault(StackKeys.RepositoryTag) switch
        {
            null => "was not made by Barcelona",
            var owner when !(RepositoryName.TryParse(owner, out var name) && name.Equals(platform)) => $"belongs to {owner}",
            _ when stack.Tags.GetValueOrDefault(StackKeys.DistrictTag) != district.Name => "is tagged for another district",
            _ => null,
        };
}
