using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts.Keys;

namespace Barcelona.GitOps.Core.Districts;

public enum NatType { Instance, ManagedGateway, ManagedGatewayMultiAz, None }

/// <summary>The network: made from a block, or one that exists.</summary>
public abstract record Network
{
    private Network() { }

    /// <summary>Null: not in the file, all defaults.</summary>
    public SourceSpan? Span { get; init; }

    public sealed record Made(string CidrBlock, int Zones, NatType NatType, bool Ipv6, ImmutableArray<string> InterfaceEndpoints) : Network;

    /// <param name="SecurityGroup">The group that tasks with their own network interface get.</param>
    public sealed record Existing(string VpcId, ImmutableArray<string> PublicSubnets, ImmutableArray<string> PrivateSubnets, string SecurityGroup)
        : Network
    {
        /// <summary>Where the load balancer of an endpoint is made.</summary>
        public ImmutableArray<string> BalancerSubnets(Endpoint endpoint) =>
            endpoint.Public || PrivateSubnets.IsEmpty ? PublicSubnets : PrivateSubnets;
    }
}

/// <summary>The ECS cluster: made, or one that exists.</summary>
public abstract record Cluster
{
    private Cluster() { }

    /// <summary>Null: not in the file, all defaults.</summary>
    public SourceSpan? Span { get; init; }

    /// <param name="Ami">An id, or <c>latest</c>, also where the file says nothing.</param>
    public sealed record Made(ImmutableArray<string> InstanceTypes, int Min, int Max, string Ami, bool Insights) : Cluster
    {
        /// <summary>The file says something about instances, which are then made whatever the district's capacity.</summary>
        public bool AsksForInstances { get; init; }

        /// <summary>Its instances are Graviton, and need an image for arm64.</summary>
        public bool IsArm => InstanceTypes.Any(InstanceArchitecture.IsArm);
    }

    public sealed record Existing(string Name) : Cluster
    {
        /// <summary>Of the cluster's instances, where Barcelona made them. Null: services on EC2 go to whatever instances the cluster has.</summary>
        public string? CapacityProvider { get; init; }
    }
}
