using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Ports;

/// <summary>
/// What leads to a service's ports: a network load balancer of its own with its security group and the way in from it, and per port a target group
/// and a listener. Everything is named by its scheme, too: a target group serves one load balancer only, so that the other scheme is another set
/// beside the first.
/// </summary>
internal static class PortResources
{
    /// <summary>
    /// Private and shared addresses, of RFC 1918 and 6598: what reaches an internal load balancer comes from its network, or one that is joined to it.
    /// </summary>
    private static readonly string[] Inside = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

    private static readonly string[] Anywhere = ["0.0.0.0/0"];

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(ServiceShape service)
    {
        if (service.Manifest.PortMappings.IsEmpty)
        {
            yield break;
        }

        var ids = new PortIds(service.Name, service.Manifest.Public);
        yield return new(ids.Group, Group(service));
        yield return new(ids.WayIn, WayIn(service, ids));
        yield return new(ids.Balancer, Balancer(service, ids));
        foreach (var mapping in service.Manifest.PortMappings.OrderBy(m => m.LbPort))
        {
            yield return new(ids.Targets(mapping), TargetGroup(service, mapping));
            yield return new(ids.Listener(mapping), Listener(mapping, ids));
        }
    }

    /// <summary>What must exist before the service: ECS refuses a target group that no load balancer knows.</summary>
    public static IEnumerable<string> ListenersOf(ServiceShape service)
    {
        var ids = new PortIds(service.Name, service.Manifest.Public);
        return service.Manifest.PortMappings.Select(ids.Listener);
    }

    /// <summary>As the service names them.</summary>
    public static IEnumerable<JsonObject> LoadBalancersOf(ServiceShape service)
    {
        var ids = new PortIds(service.Name, service.Manifest.Public);
        return service.Manifest.PortMappings.OrderBy(m => m.LbPort).Select(m => new JsonObject
        {
            ["ContainerName"] = service.Name,
            ["ContainerPort"] = m.ContainerPort,
            ["TargetGroupArn"] = Cfn.Ref(ids.Targets(m)),
        });
    }

    private static JsonObject Group(ServiceShape service) => Cfn.Resource("AWS::EC2::SecurityGroup", new()
    {
        ["GroupDescription"] = $"Network load balancer of {service.Name}",
        ["VpcId"] = Cfn.Ref(StackKeys.VpcParameter),
        ["SecurityGroupIngress"] = new JsonArray(
        [
            .. from mapping in service.Manifest.PortMappings.OrderBy(m => m.LbPort)
               from block in service.Manifest.Public ? Anywhere : Inside
               select new JsonObject
               {
                   ["IpProtocol"] = mapping.IsUdp ? "udp" : "tcp",
                   ["FromPort"] = mapping.LbPort,
                   ["ToPort"] = mapping.LbPort,
                   ["CidrIp"] = block,
               },
        ]),
    });

    /// <summary>It sends to registered targets only, whatever their ports.</summary>
    private static JsonObject WayIn(ServiceShape service, PortIds ids) => Cfn.Resource("AWS::EC2::SecurityGroupIngress", new()
    {
        ["GroupId"] = Cfn.Ref(StackKeys.SecurityGroupParameter),
        ["SourceSecurityGroupId"] = Cfn.GetAtt(ids.Group, "GroupId"),
        ["IpProtocol"] = "-1",
        ["Description"] = $"From the network load balancer of {service.Name}",
    });

    private static JsonObject Balancer(ServiceShape service, PortIds ids) => Cfn.Resource("AWS::ElasticLoadBalancingV2::LoadBalancer", new()
    {
        ["Type"] = "network",
        ["Scheme"] = service.Manifest.Public ? "internet-facing" : "internal",
        ["IpAddressType"] = "ipv4",
        ["Subnets"] = Cfn.Ref(StackKeys.BalancerSubnetsParameter(service.Manifest.Public)),

        // One that is made without a group can never get one.
        ["SecurityGroups"] = new JsonArray(Cfn.GetAtt(ids.Group, "GroupId")),
        ["LoadBalancerAttributes"] = new JsonArray(Attribute("load_balancing.cross_zone.enabled", "true")),
    });

    private static JsonObject Listener(PortMapping mapping, PortIds ids) => Cfn.Resource("AWS::ElasticLoadBalancingV2::Listener", new()
    {
        ["LoadBalancerArn"] = Cfn.Ref(ids.Balancer),
        ["Protocol"] = mapping.IsUdp ? "UDP" : "TCP",
        ["Port"] = mapping.LbPort,
        ["DefaultActions"] = new JsonArray(new JsonObject { ["Type"] = "forward", ["TargetGroupArn"] = Cfn.Ref(ids.Targets(mapping)) }),
    });

    private static JsonObject TargetGroup(ServiceShape service, PortMapping mapping)
    {
        var properties = new JsonObject
        {
            ["VpcId"] = Cfn.Ref(StackKeys.VpcParameter),
            ["Protocol"] = mapping.IsUdp ? "UDP" : "TCP",

            // Only a default, and what never changes: ECS registers each task with the port that it really has.
            ["Port"] = mapping.LbPort,
            ["TargetType"] = service.HasOwnInterface ? "ip" : "instance",
            ["HealthCheckProtocol"] = "TCP",
            ["HealthCheckIntervalSeconds"] = 10,
            ["HealthCheckTimeoutSeconds"] = 5,
            ["HealthyThresholdCount"] = 2,
            ["UnhealthyThresholdCount"] = 2,
            ["TargetGroupAttributes"] = new JsonArray([.. Attributes(mapping)]),
        };
        if (mapping.IsUdp && HealthPortOf(service) is { } port)
        {
            properties["HealthCheckPort"] = port.ToString(CultureInfo.InvariantCulture);
        }

        return Cfn.Resource("AWS::ElasticLoadBalancingV2::TargetGroup", properties);
    }

    /// <summary>
    /// Nobody can tell whether a UDP port is well: the first TCP port of the same tasks answers for it. Null: none has a port that is known.
    /// </summary>
    private static int? HealthPortOf(ServiceShape service) => service.Manifest.PortMappings
        .Where(m => !m.IsUdp)
        .OrderBy(m => m.LbPort)
        .Select(m => service.HasOwnInterface ? m.ContainerPort : m.HostPort)
        .FirstOrDefault(p => p is not null);

    private static IEnumerable<JsonObject> Attributes(PortMapping mapping)
    {
        yield return Attribute("deregistration_delay.timeout_seconds", "60");
        if (mapping.IsUdp)
        {
            yield break;
        }

        // As a classic one: connections come from the load balancer, wherever tasks run, so that a task may call its own service, too. The PROXY
        // header says who calls.
        yield return Attribute("preserve_client_ip.enabled", "false");
        yield return Attribute("proxy_protocol_v2.enabled", mapping.SaysWhoCalls ? "true" : "false");
    }

    private static JsonObject Attribute(string key, string value) => new() { ["Key"] = key, ["Value"] = value };
}
