using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Districts;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Planning.Districts;
using Barcelona.GitOps.Core.Templates.Districts;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Districts;

/// <summary>What a district should be, what it is, and what lies between.</summary>
public sealed record ComparedDistrict(DesiredDistrict Desired, ObservedDistrict Observed, Plan Plan);

/// <summary>
/// The questions to AWS before the first write: does anybody live in what is to go, and would what is to come ever be finished? Once a run has
/// begun they are not asked again.
/// </summary>
public sealed class DistrictChecks(DwellerReader dwellers, ListenerRulesReader rules, Runs runs)
{
    private const string Listener = "AWS::ElasticLoadBalancingV2::Listener";

    public async Task<ImmutableArray<Diagnostic>> ProblemsAsync(
        AwsSession session, ComparedDistrict compared, CancellationToken cancellationToken)
    {
        var district = compared.Desired.District;
        if (district.Delete && await DwellersAsync(session, cancellationToken) is [_, ..] found)
        {
            return [DistrictPlanDiagnostics.Dwellers(district.PlaceOf("delete"), district.Name, found)];
        }

        return
        [
            .. await InUseAsync(session, compared.Observed, cancellationToken),
            .. await ListenersInUseAsync(session, compared, cancellationToken),
            .. await InstancesAsync(session, compared.Plan, cancellationToken),
            .. await ZonesAsync(session, compared.Desired, compared.Observed, cancellationToken),
        ];
    }

    /// <summary>
    /// Instances that are to go while services run on them: ECS would refuse it after minutes.
    /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html
    /// </summary>
    private async Task<ImmutableArray<Diagnostic>> InstancesAsync(AwsSession session, Plan plan, CancellationToken cancellationToken)
    {
        var goes = !session.District.Delete && plan.Changes.Any(c => c is { Type: "AWS::ECS::CapacityProvider", Kind: ChangeKind.Deleted });
        return goes && await dwellers.OnInstancesAsync(session, cancellationToken) is [_, ..] users
            ? [DistrictPlanDiagnostics.InstancesInUse(session.District.PlaceOf("capacity"), users)]
            : [];
    }

    private async Task<ImmutableArray<string>> DwellersAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var deploying = await runs.ActiveInDistrictAsync(session.District.Name, cancellationToken);
        return
        [
            .. await dwellers.ReadAsync(session, cancellationToken),
            .. deploying.Select(r => $"a deploy of {r.Repository} ({r.Heritage})"),
        ];
    }

    /// <summary>Endpoints that are to go while somebody has rules on their listeners.</summary>
    private async Task<ImmutableArray<Diagnostic>> InUseAsync(AwsSession session, ObservedDistrict observed, CancellationToken cancellationToken)
    {
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        var removed = DistrictPlanner.RemovedEndpoints(session.District, observed).ToHashSet();
        foreach (var (name, stack) in observed.Endpoints.Where(e => removed.Contains(e.Value)))
        {
            string[] outputs = [DistrictStackKeys.HttpListenerOutput, DistrictStackKeys.HttpsListenerOutput];
            if (await UsersAsync(session, stack, outputs, cancellationToken) is [_, ..] users)
            {
                problems.Add(DistrictPlanDiagnostics.InUse(session.District.PlaceOf("endpoints"), name, users));
            }
        }

        return problems.ToImmutable();
    }

    /// <summary>HTTPS that is to go from an endpoint that stays: every application's rule on it would go without a word.</summary>
    private async Task<ImmutableArray<Diagnostic>> ListenersInUseAsync(
        AwsSession session, ComparedDistrict compared, CancellationToken cancellationToken)
    {
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var wanted in compared.Desired.Endpoints)
        {
            if (compared.Observed.Endpoints.GetValueOrDefault(wanted.Name) is { } stack
                && compared.Plan.Changes.Any(c => c is { Kind: ChangeKind.Deleted, Type: Listener } && c.Where == wanted.Stack.Name.Value)
                && await UsersAsync(session, stack, [DistrictStackKeys.HttpsListenerOutput], cancellationToken) is [_, ..] users)
            {
                problems.Add(DistrictPlanDiagnostics.ListenerInUse(session.District.PlaceOf($"endpoints.{wanted.Name}"), wanted.Name, users));
            }
        }

        return problems.ToImmutable();
    }

    private async Task<string[]> UsersAsync(AwsSession session, ObservedStack stack, string[] outputs, CancellationToken cancellationToken)
    {
        string[] listeners = [.. outputs.Select(o => stack.Outputs.GetValueOrDefault(o)).Where(arn => arn is { Length: > 0 }).OfType<string>()];
        var live = await rules.ReadAsync(session, listeners, own: null, cancellationToken);
        return [.. live.InUse.Select(r => r.Owner).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Without its zone a certificate is never validated, and its stack waits for hours.</summary>
    private static async Task<ImmutableArray<Diagnostic>> ZonesAsync(
        AwsSession session, DesiredDistrict desired, ObservedDistrict observed, CancellationToken cancellationToken)
    {
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var wanted in desired.Endpoints)
        {
            var endpoint = desired.District.Endpoints.First(e => e.Name == wanted.Name);
            var isThere = observed.Endpoints.GetValueOrDefault(wanted.Name) is { } stack && StackSteps.IsAsWanted(wanted.Stack, stack);
            if (!isThere && endpoint is { HostedZone: { } id, Domain: { } domain }
                && Misfit(await session.Route53.GetHostedZoneAsync(id, cancellationToken), (id, domain)) is { } why)
            {
                problems.Add(DistrictPlanDiagnostics.Zone(desired.District.PlaceOf($"endpoints.{endpoint.Name}.hosted_zone"), why));
            }
        }

        return problems.ToImmutable();
    }

    private static string? Misfit(HostedZone? zone, (string Id, string Domain) named) => zone switch
    {
        null => $"The district's account has no hosted zone {named.Id}.",
        { IsPrivate: true } => $"Hosted zone {named.Id} is a private one.",
        _ when !zone.Holds(named.Domain) => $"Hosted zone {named.Id} is of {zone.Name.TrimEnd('.')}, which '{named.Domain}' is not in.",
        _ => null,
    };
}
