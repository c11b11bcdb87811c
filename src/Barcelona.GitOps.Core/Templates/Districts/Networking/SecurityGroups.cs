using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>Who may talk to whom. A group without a rule for what goes out lets everything out, as EC2 has it.</summary>
internal static class SecurityGroups
{
    public const string ServiceEndpoints = "ServiceEndpointSecurityGroup";
    public const string NatInstance = "NatInstanceSecurityGroup";

    private const string PublicBalancer = "PublicLoadBalancerSecurityGroup";
    private const string PrivateBalancer = "PrivateLoadBalancerSecurityGroup";
    private const string Instances = NetworkReferences.InstanceGroupId;
    private const string Accessible = "AccessibleSecurityGroup";
    private const string Bastion = NetworkReferences.BastionGroupId;

    private static readonly ImmutableArray<int> WebPorts = [80, 443];

    private static readonly Peer OfInstances = Peer.Group(Instances, "instances and tasks");
    private static readonly Peer OfBastion = Peer.Group(Bastion, "the bastion");

    public static TemplatePart Of(MadeNetwork network) => new()
    {
        Resources =
        [
            .. Balancers(network),
            .. InstancesAndTasks(network),
            .. WhatInstancesUse(network),
            .. network.Context.District.Bastion ? BastionItself(network) : [],
            .. network.Made.InterfaceEndpoints.IsEmpty ? [] : ForServiceEndpoints(network),
            .. network.Made.NatType == NatType.Instance ? ForNatInstance(network) : [],
        ],
        Outputs =
        [
            Output(DistrictStackKeys.InstanceGroupOutput, Instances),
            Output(DistrictStackKeys.PublicBalancerGroupOutput, PublicBalancer),
            Output(DistrictStackKeys.PrivateBalancerGroupOutput, PrivateBalancer),
            Output(DistrictStackKeys.AccessibleGroupOutput, Accessible),
        ],
    };

    private static ImmutableArray<KeyValuePair<string, JsonObject>> Balancers(MadeNetwork network)
    {
        var outward = SecurityGroupRule.To(OfInstances, Traffic.AllTcp);
        var anywhere = network.Made.Ipv6 ? new[] { Peer.Anywhere, Peer.AnywhereIpv6 } : [Peer.Anywhere];
        return
        [
            Group(network, PublicBalancer, "Load balancers that the internet reaches", outward),
            .. anywhere.SelectMany(peer => WebPorts.Select(port => SecurityGroupRule.From(PublicBalancer, peer, Traffic.Tcp(port)))),
            SecurityGroupRule.From(PublicBalancer, Peer.Network(network), Traffic.All),
            Group(network, PrivateBalancer, "Load balancers inside the network", outward.DeepClone()),
            SecurityGroupRule.From(PrivateBalancer, Peer.Network(network), Traffic.AllTcp),
        ];
    }

    private static ImmutableArray<KeyValuePair<string, JsonObject>> InstancesAndTasks(MadeNetwork network) =>
    [
        Group(network, Instances, "Container instances, and tasks with a network interface of their own"),
        SecurityGroupRule.From(Instances, Peer.Network(network), Traffic.Icmp),
        SecurityGroupRule.From(Instances, Peer.Group(PublicBalancer, "public load balancers"), Traffic.All),
        SecurityGroupRule.From(Instances, Peer.Group(PrivateBalancer, "private load balancers"), Traffic.All),
        SecurityGroupRule.From(Instances, Peer.Group(Accessible, "what instances use"), Traffic.All),
        SecurityGroupRule.From(Instances, OfInstances, Traffic.All),
        .. FromBastion(network, Instances),
    ];

    private static ImmutableArray<KeyValuePair<string, JsonObject>> WhatInstancesUse(MadeNetwork network) =>
    [
        Group(network, Accessible, "For databases and caches: lets instances, tasks and the bastion in"),
        SecurityGroupRule.From(Accessible, OfInstances, Traffic.All),
        .. FromBastion(network, Accessible),
    ];

    private static KeyValuePair<string, JsonObject>[] FromBastion(MadeNetwork network, string group) =>
        network.Context.District.Bastion ? [SecurityGroupRule.From(group, OfBastion, Traffic.All)] : [];

    // Nothing comes in: a session begins with a connection that the agent makes to Systems Manager.
    private static ImmutableArray<KeyValuePair<string, JsonObject>> BastionItself(MadeNetwork network) =>
    [
        Group(network, Bastion, "The bastion: sessions and port forwarding through Systems Manager only",
            SecurityGroupRule.To(Peer.Network(network), Traffic.AllTcp),
            SecurityGroupRule.To(Peer.Anywhere, Traffic.Tcp(80)),
            SecurityGroupRule.To(Peer.Anywhere, Traffic.Tcp(443))),
    ];

    private static ImmutableArray<KeyValuePair<string, JsonObject>> ForServiceEndpoints(MadeNetwork network) =>
    [
        Group(network, ServiceEndpoints, "AWS services inside the network"),
        SecurityGroupRule.From(ServiceEndpoints, Peer.Network(network), Traffic.Tcp(443)),
    ];

    private static ImmutableArray<KeyValuePair<string, JsonObject>> ForNatInstance(MadeNetwork network) =>
    [
        Group(network, NatInstance, "The NAT instance"),
        SecurityGroupRule.From(NatInstance, Peer.Network(network), Traffic.All),
    ];

    /// <param name="outward">None: everything may go out.</param>
    private static KeyValuePair<string, JsonObject> Group(MadeNetwork network, string id, string description, params JsonNode[] outward)
    {
        var properties = new JsonObject
        {
            ["GroupDescription"] = description,
            ["VpcId"] = MadeNetwork.VpcId(),
            ["Tags"] = network.Context.Named(Label(id)),
        };
        if (outward.Length > 0)
        {
            properties["SecurityGroupEgress"] = new JsonArray(outward);
        }

        return new(id, Cfn.Resource("AWS::EC2::SecurityGroup", properties));
    }

    /// <summary><c>PublicLoadBalancerSecurityGroup</c> is <c>public-load-balancer</c>.</summary>
    private static string Label(string id) =>
        string.Concat(id[..^"SecurityGroup".Length].Select((c, i) => char.IsAsciiLetterUpper(c) && i > 0 ? $"-{c}" : $"{c}")).ToLowerInvariant();

    private static KeyValuePair<string, JsonNode> Output(string name, string group) => new(name, Cfn.GetAtt(group, "GroupId"));
}
