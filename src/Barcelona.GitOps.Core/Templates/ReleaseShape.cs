using System.Collections.Immutable;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Templates.Routing;
using Barcelona.GitOps.Core.Templates.Schedules;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>A release with every question answered: what the templates are written from, without anything left to look up or to refuse.</summary>
public sealed record ReleaseShape
{
    public required ReleaseInputs Inputs { get; init; }

    public required string Cluster { get; init; }

    /// <summary>Of the cluster's instances. Null: services on EC2 take what instances there are.</summary>
    public string? CapacityProvider { get; init; }

    /// <summary>Null: nothing in this release has a place in the network of its own.</summary>
    public NetworkParts? Network { get; init; }

    /// <summary>By name, whatever the order in the file.</summary>
    public required ImmutableArray<ServiceShape> Services { get; init; }

    /// <summary>By name, whatever the order in the file.</summary>
    public required ImmutableArray<ScheduleShape> Schedules { get; init; }

    /// <summary>Null: nothing runs before the services change.</summary>
    public BeforeDeployShape? BeforeDeploy { get; init; }

    /// <summary>Everything of the app stack that has a place in the cluster.</summary>
    public IEnumerable<ServiceShape> Placed => Services.Concat(Schedules.Select(s => s.Task));

    /// <summary>What the app stack runs with a task definition of this release.</summary>
    public IEnumerable<ServiceShape> Defined => Services.Concat(Schedules.Where(s => s.External is null).Select(s => s.Task));
}

/// <summary>The network as a task with its own interface, or a target group, needs it.</summary>
public sealed record NetworkParts(string VpcId, ImmutableArray<string> Subnets, string SecurityGroup, bool AssignsPublicIp)
{
    /// <summary>Of network load balancers that the internet reaches.</summary>
    public ImmutableArray<string> PublicBalancerSubnets { get; init; } = [];

    public ImmutableArray<string> PrivateBalancerSubnets { get; init; } = [];
}

/// <summary>The task that runs before the services change.</summary>
/// <param name="Task">As if it were a service without routes.</param>
public sealed record BeforeDeployShape(ServiceShape Task, TimeSpan Timeout);

/// <summary>A service with its capacity, size and routes decided.</summary>
public sealed record ServiceShape
{
    public required ServiceManifest Manifest { get; init; }

    public required Capacity Capacity { get; init; }

    /// <summary>Null: on EC2, where the container's own numbers hold.</summary>
    public FargateSize? Size { get; init; }

    /// <summary>Seconds. Null: ECS's default.</summary>
    public int? StopTimeout { get; init; }

    public required ImmutableArray<Route> Routes { get; init; }

    public string Name => Manifest.Name.Value;

    /// <summary>A load balancer leads to it.</summary>
    public bool IsBalanced => !Routes.IsEmpty || !Manifest.PortMappings.IsEmpty;

    public string LogicalId => LogicalIds.Service(Name);

    /// <summary>Every task has its own network interface; otherwise they share the instance's and get a random port of it.</summary>
    public bool HasOwnInterface => Capacity != Capacity.Ec2;
}
