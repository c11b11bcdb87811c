using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.LoadBalancing;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>AWS::ElasticLoadBalancingV2::Listener: a port belongs to one listener of a load balancer.</summary>
internal sealed class ListenerResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var balancer = request.Properties.Text("LoadBalancerArn") ?? "";
        var store = request.Region.Balancers;
        if (!store.Balancers.Exists(known => known.Arn == balancer))
            throw new AwsErrorException("LoadBalancerNotFound", "One or more load balancers not found");
        var port = request.Properties.Number("Port");
        if (store.Listeners.Exists(listener => listener.BalancerArn == balancer && listener.Properties.Number("Port") == port))
            throw new AwsErrorException("DuplicateListener", "A listener already exists on this port for this load balancer");
        var arn = $"{balancer.Replace(":loadbalancer/", ":listener/", StringComparison.Ordinal)}/{Identifiers.Hex(16)}";
        store.Listeners.Add(new Listener(arn, balancer) { Properties = request.Properties.Copy() });
        return Done(arn);
    }

    public ResourceProgress Update(ResourceRequest request)
    {
        request.Region.Balancers.Listener(request.PhysicalId).Properties = request.Properties.Copy();
        return Done(request.PhysicalId);
    }

    public ResourceProgress Delete(ResourceRequest request)
    {
        request.Region.Balancers.Listeners.RemoveAll(listener => listener.Arn == request.PhysicalId);
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static ResourceProgress.Done Done(string arn) => new(arn, new JsonObject { ["ListenerArn"] = arn });
}
