using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.LoadBalancing;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>AWS::ElasticLoadBalancingV2::LoadBalancer.</summary>
internal sealed class LoadBalancerResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var name = request.Properties.Text("Name") ?? request.GeneratedName(32);
        var type = request.Properties.Text("Type") ?? "application";
        var scheme = request.Properties.Text("Scheme") ?? "internet-facing";
        var made = new Balancer(
            name, request.Region.Arn("elasticloadbalancing", $"loadbalancer/{(type == "network" ? "net" : "app")}/{name}/{Identifiers.Hex(16)}"))
        {
            DnsName = (scheme == "internal" ? "internal-" : "") + DnsNames.Of(request.Region, name),
            VpcId = Subnets(request).Select(subnet => subnet?.Properties.Text("VpcId")).FirstOrDefault() ?? "",
            Scheme = scheme,
            Type = type,
            CreatedAt = request.Region.Now,
            Tags = request.Tags,
            Properties = request.Properties.Copy(),
        };
        if (request.Region.Balancers.Balancers.Exists(balancer => balancer.Name == name))
            throw new AwsErrorException("DuplicateLoadBalancerNameExists", $"A load balancer with the same name '{name}' exists");
        request.Region.Balancers.Balancers.Add(made);
        var ready = request.Region.Now + request.Region.Timings.NetworkBalancer;
        return type == "network" ? Provisioned(request.Region, made, ready) : Done(made);
    }

    public ResourceProgress Update(ResourceRequest request)
    {
        var balancer = request.Region.Balancers.Balancers.Find(balancer => balancer.Arn == request.PhysicalId)
            ?? throw new AwsErrorException("LoadBalancerNotFound", "One or more load balancers not found");
        if (Subnets(request).Any(subnet => subnet?.Properties.Text("VpcId") is { } vpc && vpc != balancer.VpcId))
            throw new AwsErrorException("InvalidConfigurationRequest", $"All subnets must belong to the same VPC: '{balancer.VpcId}'");
        if (balancer.Type == "network" && balancer.Properties.Texts("SecurityGroups").Any() != request.Properties.Texts("SecurityGroups").Any())
            throw new AwsErrorException("InvalidConfigurationRequest",
                "A network load balancer that was created without security groups cannot get any, and one with them cannot lose them all");
        balancer.Tags = request.Tags;
        balancer.Properties = request.Properties.Copy();
        return Done(balancer);
    }

    public ResourceProgress Delete(ResourceRequest request)
    {
        if (request.Region.Balancers.Balancers.Find(balancer => balancer.Arn == request.PhysicalId)?.IsProtected == true)
            throw new AwsErrorException("OperationNotPermitted",
                $"Load balancer '{request.PhysicalId}' cannot be deleted because deletion protection is enabled");
        // Its listeners go with it.
        request.Region.Balancers.Listeners.RemoveAll(listener => listener.BalancerArn == request.PhysicalId);
        request.Region.Balancers.Balancers.RemoveAll(balancer => balancer.Arn == request.PhysicalId);
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static ResourceProgress Provisioned(AwsRegion region, Balancer balancer, DateTimeOffset ready) => region.Now >= ready
        ? Done(balancer)
        : new ResourceProgress.Working(balancer.Arn, Done(balancer).Attributes, () => Provisioned(region, balancer, ready));

    private static ResourceProgress.Done Done(Balancer balancer) => new(balancer.Arn, new JsonObject
    {
        ["LoadBalancerArn"] = balancer.Arn,
        ["LoadBalancerName"] = balancer.Name,
        ["LoadBalancerFullName"] = balancer.Arn.Split("loadbalancer/")[^1],
        ["DNSName"] = balancer.DnsName,
        ["CanonicalHostedZoneID"] = "Z14GRHDCWA56QT",
        ["SecurityGroups"] = balancer.Properties.Texts("SecurityGroups").ToJsonArray(),
    });

    private static IEnumerable<KnownResource?> Subnets(ResourceRequest request) => request.Properties.Texts("Subnets")
        .Concat(request.Properties.Objects("SubnetMappings").Select(mapping => mapping.Text("SubnetId") ?? ""))
        .Select(subnet => request.Region.Inventory.Find("AWS::EC2::Subnet", subnet));
}
