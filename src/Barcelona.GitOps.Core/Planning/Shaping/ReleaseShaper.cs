using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Routing;

namespace Barcelona.GitOps.Core.Planning.Shaping;

/// <summary>Joins the file with the district: which cluster, which subnets, which listeners, what size. Complains through the checks.</summary>
internal sealed class ReleaseShaper(ReleaseInputs inputs, ReleaseChecks checks)
{
    private readonly District _district = inputs.District;

    /// <summary>Null when something that the templates cannot do without is missing; then there is a diagnostic.</summary>
    public ReleaseShape? Shape()
    {
        var services = inputs.Environment.Services.OrderBy(s => s.Name.Value, StringComparer.Ordinal).Select(Service).ToImmutableArray();
        var cluster = Cluster();
        var schedules = new ScheduleShaper(inputs, checks).Shape();
        var beforeDeploy = new BeforeDeployShaper(inputs, checks).Shape();
        var needsNetwork = beforeDeploy?.Task.HasOwnInterface == true
            || services.Concat(schedules.Select(s => s.Task)).Any(s => s.HasOwnInterface || s.IsBalanced);
        var network = needsNetwork ? Network() : null;
        return cluster is null ? null : new()
        {
            Inputs = inputs,
            Cluster = cluster.Name,
            CapacityProvider = cluster.CapacityProvider,
            Network = network,
            Services = services,
            Schedules = schedules,
            BeforeDeploy = beforeDeploy,
        };
    }

    private ServiceShape Service(ServiceManifest service)
    {
        var capacity = service.Capacity?.Value ?? _district.Capacity;
        checks.GracePeriod(service);
        var size = capacity == Capacity.Ec2 ? null : checks.Size(service);
        checks.Policy(service, size);
        new PortChecks(inputs, checks).Check(service, capacity);
        return new()
        {
            Manifest = service,
            Capacity = capacity,
            Size = size,
            StopTimeout = checks.StopTimeout(service, capacity),
            Routes = [.. Routes(service)],
        };
    }

    private IEnumerable<Route> Routes(ServiceManifest service)
    {
        foreach (var (listener, slot) in Route.SlotsOf(service))
        {
            if (checks.Endpoint(service, listener) is { } endpoint)
            {
                yield return new(listener, slot, endpoint, PriorityOf(listener, slot));
            }
        }
    }

    private int PriorityOf(Listener listener, string slot) => listener.RulePriority?.Value
        ?? (inputs.Priorities.TryGetValue(slot, out var priority)
            ? priority
            : throw new InvalidOperationException(
                $"Listener {slot} has no priority: {nameof(RulePriorities)} allocates them before a release is built."));

    private Cluster.Existing? Cluster()
    {
        if (_district.Cluster is Cluster.Existing existing)
        {
            return existing;
        }

        checks.Add(ReleaseDiagnostics.ClusterNotNamed(inputs.Environment.Span, _district.Name));
        return null;
    }

    private NetworkParts? Network()
    {
        if (_district.Network is Network.Existing existing)
        {
            // Without private subnets the only way out to the image registry is an address of one's own.
            var isPublic = existing.PrivateSubnets.IsEmpty;
            var subnets = isPublic ? existing.PublicSubnets : existing.PrivateSubnets;
            return new(existing.VpcId, subnets, existing.SecurityGroup, AssignsPublicIp: isPublic)
            {
                PublicBalancerSubnets = existing.PublicSubnets,
                PrivateBalancerSubnets = subnets,
            };
        }

        checks.Add(ReleaseDiagnostics.NetworkNotNamed(inputs.Environment.Span, _district.Name));
        return null;
    }
}
