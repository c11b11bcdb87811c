using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Planning.Districts;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>
/// A made part, once made, is an existing part: with the outputs of its stacks a district becomes one that names all its parts, as if somebody
/// else had made them. Releases know no other.
/// </summary>
public static class MadeParts
{
    /// <summary>Whether there is anything to look up.</summary>
    public static bool AreIn(District district, IReadOnlySet<string> endpoints) =>
        district.Network is Network.Made || district.Cluster is Cluster.Made || district.ExistingBucket is null
        || EndpointsOf(district, endpoints).Any();

    /// <summary>The endpoints whose stacks have to be read.</summary>
    public static IEnumerable<string> EndpointsOf(District district, IReadOnlySet<string> used) =>
        district.Endpoints.Where(e => e.Existing is null && used.Contains(e.Name)).Select(e => e.Name);

    /// <param name="endpoints">Those that matter; the others stay as they are.</param>
    public static ResolvedDistrict Resolve(District district, IReadOnlySet<string> endpoints, ObservedDistrict observed)
    {
        var missing = ImmutableArray.CreateBuilder<MissingPart>();
        var resolved = district with
        {
            Network = NetworkOf(district, observed, missing),
            Cluster = ClusterOf(district, observed, missing),
            ExistingBucket = district.ExistingBucket ?? observed.Output(DistrictStackKeys.BucketOutput),
            Endpoints = [.. district.Endpoints.Select(e => endpoints.Contains(e.Name) ? EndpointOf(e, observed, missing) : e)],
        };
        return new(resolved, missing.DrainToImmutable());
    }

    private static Network NetworkOf(District district, ObservedDistrict observed, ImmutableArray<MissingPart>.Builder missing)
    {
        if (district.Network is not Network.Made made)
        {
            return district.Network;
        }

        if (observed.Output(DistrictStackKeys.VpcOutput) is not { } vpc
            || observed.ListOutput(DistrictStackKeys.PublicSubnetsOutput) is not { } publicSubnets
            || observed.ListOutput(DistrictStackKeys.PrivateSubnetsOutput) is not { } privateSubnets
            || observed.Output(DistrictStackKeys.InstanceGroupOutput) is not { } group)
        {
            missing.Add(new("network", observed.Stack));
            return made;
        }

        // Without a way out, private subnets serve only tasks whose images come by an interface endpoint; the others get an address of their own.
        var isWithoutWayOut = made.NatType == NatType.None && !made.InterfaceEndpoints.Contains(InterfaceEndpoints.Images, StringComparer.Ordinal);
        return new Network.Existing(vpc, publicSubnets, isWithoutWayOut ? [] : privateSubnets, group) { Span = made.Span };
    }

    private static Cluster ClusterOf(District district, ObservedDistrict observed, ImmutableArray<MissingPart>.Builder missing)
    {
        if (district.Cluster is not Cluster.Made made)
        {
            return district.Cluster;
        }

        if (observed.Output(DistrictStackKeys.ClusterOutput) is { } name)
        {
            return new Cluster.Existing(name) { Span = made.Span, CapacityProvider = observed.Output(DistrictStackKeys.CapacityProviderOutput) };
        }

        missing.Add(new("cluster", observed.Stack));
        return made;
    }

    private static Endpoint EndpointOf(Endpoint endpoint, ObservedDistrict observed, ImmutableArray<MissingPart>.Builder missing)
    {
        if (endpoint.Existing is not null)
        {
            return endpoint;
        }

        var stack = observed.Endpoints.GetValueOrDefault(endpoint.Name);
        if (stack?.Outputs.GetValueOrDefault(DistrictStackKeys.HttpListenerOutput) is { Length: > 0 } http)
        {
            var https = stack.Outputs.GetValueOrDefault(DistrictStackKeys.HttpsListenerOutput);
            return endpoint with { Existing = new(http, https, stack.Outputs.GetValueOrDefault(DistrictStackKeys.DnsNameOutput, "")) };
        }

        missing.Add(new($"endpoint {endpoint.Name}", stack));
        return endpoint;
    }
}

/// <param name="Missing">What is not there yet; empty: the district can be deployed to.</param>
public sealed record ResolvedDistrict(District District, ImmutableArray<MissingPart> Missing)
{
    /// <summary>What stands against deploying there; empty when nothing does.</summary>
    /// <param name="place">Where the application's file names the district.</param>
    public ImmutableArray<Diagnostic> Refusals(SourceSpan place) =>
        District.Delete ? [MadeDistrictDiagnostics.Going(place, District.Name)]
        : Missing.IsEmpty ? []
        : [MadeDistrictDiagnostics.NotMade(place, District.Name, Missing.Select(m => m.Name))];

    /// <summary>CloudFormation is at work on what is missing: it may be there soon.</summary>
    public bool IsUnderWay => Missing.Any(m => m.Stack is { } stack && StackStatusTable.MoveFor(stack.Status).Move == StackMove.Wait);
}

/// <param name="Name">As people know it: network, cluster, endpoint demo.</param>
/// <param name="Stack">The stack that should give it; null: there is none.</param>
public sealed record MissingPart(string Name, ObservedStack? Stack);
