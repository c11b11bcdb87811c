using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Scaling;

/// <summary>The providers that a strategy names must be the cluster's.</summary>
internal static class CapacityStrategies
{
    public static void Check(EcsCluster cluster, IEnumerable<string?> providers)
    {
        if (providers.FirstOrDefault(provider => provider is null || !cluster.CapacityProviders.Contains(provider)) is { } other)
            throw new AwsErrorException("InvalidParameterException",
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster: " + other);
    }

    public static IEnumerable<string?> Of(JsonObject request) =>
        request.Objects("capacityProviderStrategy").Select(item => item.Text("capacityProvider"));

    /// <summary>CloudFormation's form as ECS's.</summary>
    public static JsonObject ToParameters(JsonObject item) => new()
    {
        ["capacityProvider"] = item.Text("CapacityProvider"),
        ["weight"] = item.Number("Weight") ?? 0,
        ["base"] = item.Number("Base") ?? 0,
    };
}
