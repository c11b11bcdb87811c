using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.Ecs;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Scaling;

/// <summary>AWS::ECS::ClusterCapacityProviderAssociations: which providers the services of a cluster can name.</summary>
internal sealed class CapacityAssociationsResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request) => Apply(request);

    public ResourceProgress Update(ResourceRequest request) => Apply(request);

    public ResourceProgress Delete(ResourceRequest request)
    {
        if (request.Region.Ecs.Clusters.TryGetValue(EcsStore.NameOf(request.PhysicalId), out var cluster)) Set(cluster, [], request);
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static ResourceProgress.Done Apply(ResourceRequest request)
    {
        var cluster = request.Region.Ecs.Cluster(request.Properties.Text("Cluster"));
        var providers = request.Properties.Texts("CapacityProviders").ToList();
        if (providers.Find(provider => !Exists(request.Region, provider)) is { } missing)
            throw new AwsErrorException("InvalidParameterException", $"The specified capacity provider '{missing}' was not found.");
        Set(cluster, providers, request);
        var strategy = request.Properties.Objects("DefaultCapacityProviderStrategy").ToList();
        CapacityStrategies.Check(cluster, strategy.Select(item => item.Text("CapacityProvider")));
        cluster.DefaultStrategy = [.. strategy.Select(CapacityStrategies.ToParameters)];
        return new ResourceProgress.Done(request.Properties.Text("Cluster") ?? "", []);
    }

    private static void Set(EcsCluster cluster, List<string> providers, ResourceRequest request)
    {
        var used = cluster.Services.Values.Where(service => service.Status != "INACTIVE")
            .SelectMany(service => service.Settings.Objects("capacityProviderStrategy").Select(item => item.Text("capacityProvider") ?? ""));
        if (used.FirstOrDefault(provider => cluster.CapacityProviders.Contains(provider) && !providers.Contains(provider)) is { } kept)
            throw new AwsErrorException(
                "ResourceInUseException", $"The capacity provider {kept} is in use by a service of {cluster.Name} ({request.LogicalId}).");
        cluster.CapacityProviders = providers;
        if (providers.Count == 0) cluster.DefaultStrategy = [];
    }

    private static bool Exists(AwsRegion region, string provider) =>
        provider is "FARGATE" or "FARGATE_SPOT" || region.Inventory.Find("AWS::ECS::CapacityProvider", provider) is not null;
}
