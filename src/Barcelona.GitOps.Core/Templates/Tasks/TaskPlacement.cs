using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>Where tasks go: by launch type or capacity provider, and into which network. Services and schedules say it alike.</summary>
internal static class TaskPlacement
{
    public static void AddTo(JsonObject properties, ServiceShape task, ReleaseShape release)
    {
        AddCapacity(properties, task.Capacity, release.CapacityProvider is not null);
        if (task.HasOwnInterface && release.Network is { } network)
        {
            properties["NetworkConfiguration"] = NetworkConfiguration(network);
        }
    }

    private static void AddCapacity(JsonObject properties, Capacity capacity, bool hasProvider)
    {
        JsonNode? provider = capacity switch
        {
            Capacity.FargateSpot => "FARGATE_SPOT",

            // Only a task that waits for this provider makes it add an instance.
            Capacity.Ec2 when hasProvider => Cfn.Ref(StackKeys.CapacityProviderParameter),
            _ => null,
        };
        if (provider is not null)
        {
            properties["CapacityProviderStrategy"] = new JsonArray(new JsonObject { ["CapacityProvider"] = provider, ["Weight"] = 1 });
            return;
        }

        // Works on any cluster; a capacity provider would have to be attached to it first.
        properties["LaunchType"] = capacity == Capacity.Fargate ? "FARGATE" : "EC2";
    }

    private static JsonObject NetworkConfiguration(NetworkParts network) => new()
    {
        ["AwsvpcConfiguration"] = new JsonObject
        {
            ["Subnets"] = Cfn.Ref(StackKeys.SubnetsParameter),
            ["SecurityGroups"] = new JsonArray(Cfn.Ref(StackKeys.SecurityGroupParameter)),
            ["AssignPublicIp"] = network.AssignsPublicIp ? "ENABLED" : "DISABLED",
        },
    };
}
