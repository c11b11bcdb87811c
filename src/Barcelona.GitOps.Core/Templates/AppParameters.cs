using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Templates.Routing;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>The parameters of an app stack: declared in the template, given with it, echoed in its outputs.</summary>
internal sealed class AppParameters
{
    private const string ListOfSubnets = "List<AWS::EC2::Subnet::Id>";

    private readonly ImmutableArray<Parameter> _parameters;

    public AppParameters(ReleaseShape release) => _parameters =
    [
        .. Provenance(release.Inputs),
        .. Memory(release.Inputs),
        .. release.Placed.Any() ? new[] { new Parameter(StackKeys.ClusterParameter, "String", "ECS cluster", release.Cluster) } : [],
        .. CapacityProvider(release),
        .. Network(release),
        .. release.Defined.Select(s => new Parameter(LogicalIds.TaskDefinition(s.Name), "String", $"Task definition of {s.Name}", null)),
        .. FromHeritage(release).Select(name => new Parameter(name, "String", "Given to the tasks that the scheduler starts", null)),
        .. release.Services.SelectMany(s => s.Routes).SelectMany(Routing).DistinctBy(p => p.Name),
    ];

    /// <summary>Those that take the value of the heritage stack's output of the same name, once there is one.</summary>
    public static ImmutableArray<string> FromHeritage(ReleaseShape release) =>
        release.Schedules.IsEmpty ? [] : [StackKeys.TaskRoleOutput, StackKeys.ExecutionRoleOutput];

    public JsonObject Declarations() => new(_parameters.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Cfn.Parameter(p.Type, p.Description))));

    /// <summary>Those whose value is known before anything is registered.</summary>
    public ImmutableSortedDictionary<string, string> Values() =>
        StackKeys.Dictionary(_parameters.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value ?? "")));

    public JsonObject Echoes() => new(_parameters.Select(p => KeyValuePair.Create(
        p.Name, (JsonNode?)Cfn.Output(p.Type == ListOfSubnets ? Cfn.JoinWithComma(Cfn.Ref(p.Name)) : Cfn.Ref(p.Name)))));

    private static IEnumerable<Parameter> Provenance(ReleaseInputs inputs) =>
    [
        new(StackKeys.FingerprintParameter, "String", "Hash of everything that decides what runs", null),
        new(StackKeys.ReleaseParameter, "String", "Release", null),
        new(StackKeys.CommitParameter, "String", "Commit", inputs.Commit.Value),
        new(StackKeys.RefParameter, "String", "Branch or tag", inputs.Ref.Value),
        new(StackKeys.ImageParameter, "String", "Image", inputs.Image),
        .. inputs.ImageDigest is { } digest
            ? new[] { new Parameter(StackKeys.ImageDigestParameter, "String", "What the image's tag stood for", digest) }
            : [],
    ];

    /// <summary>Nothing refers to them but the outputs: they are there to be read again.</summary>
    private static IEnumerable<Parameter> Memory(ReleaseInputs inputs)
    {
        if (inputs.Hold is { } held)
        {
            yield return new(StackKeys.HoldParameter, "String", "Commit that is not deployed again by itself", held.Value);
        }

        if (!inputs.Restarts.IsEmpty)
        {
            yield return new(StackKeys.RestartsParameter, "String", "When services were restarted", StackMemory.TextOf(inputs.Restarts));
        }
    }

    private static IEnumerable<Parameter> CapacityProvider(ReleaseShape release) =>
        release.CapacityProvider is { } provider && release.Placed.Any(s => s.Capacity == Capacity.Ec2)
            ? [new(StackKeys.CapacityProviderParameter, "String", "Capacity provider of the cluster's instances", provider)]
            : [];

    /// <summary>Only what the resources refer to: a parameter that nothing uses would make a change of it look like one.</summary>
    private static IEnumerable<Parameter> Network(ReleaseShape release)
    {
        if (release.Network is not { } network)
        {
            yield break;
        }

        if (release.Services.Any(s => s.IsBalanced))
        {
            yield return new(StackKeys.VpcParameter, "AWS::EC2::VPC::Id", "Network of the target groups", network.VpcId);
        }

        var balancers = release.Services.Where(s => !s.Manifest.PortMappings.IsEmpty).Select(s => s.Manifest.Public).Distinct().Order().ToArray();
        if (release.Placed.Any(s => s.HasOwnInterface))
        {
            yield return new(StackKeys.SubnetsParameter, ListOfSubnets, "Subnets of the tasks", string.Join(',', network.Subnets));
        }

        if (balancers.Length > 0 || release.Placed.Any(s => s.HasOwnInterface))
        {
            yield return new(StackKeys.SecurityGroupParameter, "AWS::EC2::SecurityGroup::Id", "Security group of the tasks", network.SecurityGroup);
        }

        foreach (var isPublic in balancers)
        {
            yield return new(
                StackKeys.BalancerSubnetsParameter(isPublic), ListOfSubnets, "Subnets of network load balancers",
                string.Join(',', isPublic ? network.PublicBalancerSubnets : network.PrivateBalancerSubnets));
        }
    }

    private static IEnumerable<Parameter> Routing(Route route)
    {
        yield return new(
            LogicalIds.HttpListener(route.EndpointName), "String", $"HTTP listener of {route.EndpointName}", route.Endpoint.HttpListenerArn);
        if (route.Endpoint.HttpsListenerArn is { } https)
        {
            yield return new(LogicalIds.HttpsListener(route.EndpointName), "String", $"HTTPS listener of {route.EndpointName}", https);
        }

        yield return new(
            LogicalIds.Priority(route.Slot), "Number", $"Priority of {route.Slot}", route.Priority.ToString(CultureInfo.InvariantCulture));
    }

    private sealed record Parameter(string Name, string Type, string Description, string? Value);
}
