using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Templates.Endpoints;

/// <summary>
/// The stack of an endpoint: a load balancer that answers 404 until an application puts its rule on a listener. What the district has made is a
/// parameter; what the file says stands in the template.
/// </summary>
public static class EndpointTemplate
{
    private const string LogBucketParameter = "LogBucket";
    private const string PrivateZoneParameter = "PrivateZone";

    public static StackSpec Of(EndpointInputs inputs)
    {
        var district = inputs.District.Name;
        return StackComposition.Compose(
            new(
                StackName.Endpoint(district, inputs.Endpoint.Name), $"Barcelona: endpoint {inputs.Endpoint.Name} of {district}",
                inputs.Commit, Tags(inputs)),
            [
                new() { Parameters = Parameters(inputs) },
                Balancer(inputs),
                EndpointListeners.Of(inputs.Endpoint),
                EndpointRecords.Of(inputs, inputs.PrivateZone is null ? null : Cfn.Ref(PrivateZoneParameter)),
            ]);
    }

    private static ImmutableArray<StackParameter> Parameters(EndpointInputs inputs) =>
    [
        // A load balancer stays where it was made, and nothing of its own says where that is.
        new(StackKeys.VpcParameter, "AWS::EC2::VPC::Id", "Network of the load balancer", inputs.VpcId) { IsRecord = true },
        new(StackKeys.SubnetsParameter, "List<AWS::EC2::Subnet::Id>", "Subnets of the load balancer", string.Join(',', inputs.Subnets)),
        new(StackKeys.SecurityGroupParameter, "AWS::EC2::SecurityGroup::Id", "Security group of the load balancer", inputs.SecurityGroup),
        new(DistrictStackKeys.ProtectionParameter, "String", "Protects the load balancer from deletion", inputs.IsProtected ? "true" : "false")
        {
            // A protected one could not be taken away again when one of its listeners fails.
            WhileMaking = ("false", EndpointListeners.Balancer),
        },
        new(LogBucketParameter, "String", "Bucket of the access logs", inputs.LogBucket ?? ""),

        // A typed one would be looked up in the list of all zones of the account, and it is the district's own output.
        new(PrivateZoneParameter, "String", "The district's private zone", inputs.PrivateZone ?? ""),
    ];

    private static TemplatePart Balancer(EndpointInputs inputs) => new()
    {
        Resources =
        [
            new(EndpointListeners.Balancer, Cfn.Resource("AWS::ElasticLoadBalancingV2::LoadBalancer", new()
            {
                ["Type"] = "application",
                ["Scheme"] = inputs.Endpoint.Public ? "internet-facing" : "internal",
                ["IpAddressType"] = EndpointRecords.HasIpv6(inputs) ? "dualstack" : "ipv4",
                ["Subnets"] = Cfn.Ref(StackKeys.SubnetsParameter),
                ["SecurityGroups"] = new JsonArray(Cfn.Ref(StackKeys.SecurityGroupParameter)),
                ["LoadBalancerAttributes"] = new JsonArray([.. Attributes(inputs)]),
            })),
        ],
        Outputs = [new(DistrictStackKeys.DnsNameOutput, Cfn.GetAtt(EndpointListeners.Balancer, "DNSName"))],
    };

    private static IEnumerable<JsonObject> Attributes(EndpointInputs inputs)
    {
        yield return Attribute("deletion_protection.enabled", Cfn.Ref(DistrictStackKeys.ProtectionParameter));

        // Header names that no server reads alike are how requests are smuggled.
        yield return Attribute("routing.http.drop_invalid_header_fields.enabled", "true");
        if (inputs.LogBucket is not null)
        {
            yield return Attribute("access_logs.s3.enabled", "true");
            yield return Attribute("access_logs.s3.bucket", Cfn.Ref(LogBucketParameter));
            yield return Attribute("access_logs.s3.prefix", $"elb_logs/endpoint/{inputs.Endpoint.Name}");
        }
    }

    private static JsonObject Attribute(string key, JsonNode value) => new() { ["Key"] = key, ["Value"] = value };

    private static ImmutableSortedDictionary<string, string> Tags(EndpointInputs inputs) => StackKeys.Dictionary(
    [
        new(StackKeys.DistrictTag, inputs.District.Name),
        new(StackKeys.RepositoryTag, inputs.Platform.ToString()),
    ]);
}
