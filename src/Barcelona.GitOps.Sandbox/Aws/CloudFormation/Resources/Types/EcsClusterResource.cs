using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Api;
using Barcelona.GitOps.Sandbox.Aws.Scaling;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>AWS::ECS::Cluster.</summary>
internal sealed class EcsClusterResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var name = request.Properties.Text("ClusterName") ?? request.GeneratedName(255);
        return Apply(request, ClusterOperations.Create(request.Region, name));
    }

    public ResourceProgress Update(ResourceRequest request) => Apply(request, request.Region.Ecs.Cluster(request.PhysicalId));

    public ResourceProgress Delete(ResourceRequest request)
    {
        var cluster = request.Region.Ecs.Cluster(request.PhysicalId);
        if (cluster.Services.Values.Any(service => service.Status != "INACTIVE"))
            throw new AwsErrorException("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.");
        if (cluster.Instances.Count > 0)
            throw new AwsErrorException(
                "ClusterContainsContainerInstancesException", "The Cluster cannot be deleted while Container Instances are active or draining.");
        request.Region.Ecs.Clusters.Remove(cluster.Name);
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static ResourceProgress.Done Apply(ResourceRequest request, EcsCluster cluster)
    {
        // The providers may be an association's of their own: what this resource does not mention it leaves alone.
        if (request.Properties.ContainsKey("CapacityProviders"))
        {
            cluster.CapacityProviders = [.. request.Properties.Texts("CapacityProviders")];
            cluster.DefaultStrategy = [.. request.Properties.Objects("DefaultCapacityProviderStrategy").Select(CapacityStrategies.ToParameters)];
        }
        cluster.Tags = [.. EcsProperties.Tags(request.Tags).OfType<JsonObject>().Select(tag => tag.Copy())];
        return new ResourceProgress.Done(cluster.Name, new JsonObject { ["Arn"] = cluster.Arn });
    }
}
