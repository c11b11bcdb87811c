using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Districts;

/// <summary>
/// The network as the other parts see it: resources of the same stack when it is made, parameters when it exists. Every call gives a node of
/// its own, because a node can stand in one place only.
/// </summary>
internal sealed class NetworkReferences(District district)
{
    public const string Vpc = "Vpc";
    public const string InstanceGroupId = "InstanceSecurityGroup";
    public const string BastionGroupId = "BastionSecurityGroup";

    private const string ListOfSubnets = "List<AWS::EC2::Subnet::Id>";

    /// <summary>Null: the network exists.</summary>
    public Network.Made? Made => district.Network as Network.Made;

    private Network.Existing? Existing => district.Network as Network.Existing;

    /// <summary>Those of an existing network; a composition leaves out what nothing refers to.</summary>
    public ImmutableArray<StackParameter> Parameters => Existing is not { } network ? [] :
    [
        new(StackKeys.VpcParameter, "AWS::EC2::VPC::Id", "The existing network", network.VpcId),
        new(DistrictStackKeys.PublicSubnetsOutput, ListOfSubnets, "Its public subnets", string.Join(',', network.PublicSubnets)),
        new(DistrictStackKeys.PrivateSubnetsOutput, ListOfSubnets, "Its private subnets", string.Join(',', network.PrivateSubnets)),
        new(StackKeys.SecurityGroupParameter, "AWS::EC2::SecurityGroup::Id", "Its group for instances and tasks", network.SecurityGroup),
    ];

    public JsonNode VpcId() => Cfn.Ref(Made is null ? StackKeys.VpcParameter : Vpc);

    /// <summary>A list of ids: where container instances, and tasks with their own network interface, live.</summary>
    public JsonNode TaskSubnets() => HasPublicTasks ? PublicSubnets() : PrivateSubnets();

    /// <summary>There, they need a public address of their own to reach anything outside.</summary>
    public bool HasPublicTasks =>
        Existing?.PrivateSubnets.IsEmpty
        ?? (Made is { NatType: NatType.None } made && !made.InterfaceEndpoints.Contains(InterfaceEndpoints.Images, StringComparer.Ordinal));

    /// <summary>A list of ids. The bastion must reach Systems Manager: through NAT, or by an address of its own.</summary>
    public JsonNode BastionSubnets() => HasPublicBastion ? PublicSubnets() : PrivateSubnets();

    public bool HasPublicBastion => Existing?.PrivateSubnets.IsEmpty ?? Made?.NatType == NatType.None;

    /// <summary>For DependsOn: logical ids of the routes by which instances and tasks reach the outside; none if they do not.</summary>
    public ImmutableArray<string> TaskWaysOut => WaysOut(HasPublicTasks);

    /// <summary>The same for the bastion.</summary>
    public ImmutableArray<string> BastionWaysOut => WaysOut(HasPublicBastion);

    /// <summary>The id of the group that container instances and tasks get.</summary>
    public JsonNode InstanceGroup() => GroupOr(InstanceGroupId);

    /// <summary>In an existing network the bastion gets the group of the tasks: it reaches what they reach.</summary>
    public JsonNode BastionGroup() => GroupOr(BastionGroupId);

    private ImmutableArray<string> WaysOut(bool isPublic) => Made is not { } network || (!isPublic && network.NatType == NatType.None) ? [] :
        [.. Enumerable.Range(1, network.Zones).Select(zone => isPublic ? PublicRoute(zone) : PrivateRoute(zone))];

    private JsonObject GroupOr(string made) => Made is null ? Cfn.Ref(StackKeys.SecurityGroupParameter) : Cfn.GetAtt(made, "GroupId");

    private JsonNode PublicSubnets() => Subnets(PublicSubnet, DistrictStackKeys.PublicSubnetsOutput);

    private JsonNode PrivateSubnets() => Subnets(PrivateSubnet, DistrictStackKeys.PrivateSubnetsOutput);

    private JsonNode Subnets(Func<int, string> made, string parameter) =>
        Made is { } network ? new JsonArray([.. Enumerable.Range(1, network.Zones).Select(n => Cfn.Ref(made(n)))]) : Cfn.Ref(parameter);

    /// <param name="zone">From 1.</param>
    public static string PublicRoute(int zone) => $"PublicRoute{zone}";

    /// <param name="zone">From 1.</param>
    public static string PrivateRoute(int zone) => $"PrivateRoute{zone}";

    /// <param name="zone">From 1.</param>
    public static string PublicSubnet(int zone) => $"PublicSubnet{zone}";

    /// <param name="zone">From 1.</param>
    public static string PrivateSubnet(int zone) => $"PrivateSubnet{zone}";
}
