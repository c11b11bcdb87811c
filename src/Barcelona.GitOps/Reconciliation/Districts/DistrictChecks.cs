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

/// <summary>
/// The questions to AWS before the first write: does anybody live in what is to go, and would what is to come ever be finished? Once a run has
/// begun they are not asked again.
/// </summary>
public sealed class DistrictChecks(DwellerReader dwellers, ListenerRulesReader rules, Runs runs)
{
    public async Task<ImmutableArray<Diagnostic>> ProblemsAsync(
        AwsSession session, DesiredDistrict desired, ObservedDistrict observed, CancellationToken cancellationToken)
    {
        var district = desired.District;
        if (district.Delete && await DwellersAsync(session, cancellationToken) is [_, ..] found)
        {
            return [DistrictPlanDiagnostics.Dwellers(district.PlaceOf("delete"), district.Name, found)];
        }

        return [.. await InUseAsync(session, observed, cancellationToken), .. await ZonesAsync(session, desired, observed, cancellationToken)];
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
            string[] listeners = [.. Listeners(stack)];
            var live = await rules.ReadAsync(session, listeners, own: null, cancellationToken);
            if (!live.InUse.IsEmpty)
            {
                problems.Add(DistrictPlanDiagnostics.InUse(
                    session.District.PlaceOf("endpoints"), name, live.InUse.Select(r => r.Owner).Distinct(StringComparer.Ordinal)));
            }
        }

        return problems.ToImmutable();
    }

    private static IEnumerable<string> Listeners(ObservedStack stack) =>
        new[] { DistrictStackKeys.HttpListenerOutput, DistrictStackKeys.HttpsListenerOutput }
            .Select(o => stack.Outputs.GetValueOrDefault(o)).Where(arn => arn is { Length: > 0 }).OfType<string>();

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
