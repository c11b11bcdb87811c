using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Access.Grants;

/// <summary>Load balancers, certificates and names: endpoints, and the rules by which applications are reached.</summary>
internal static class EdgeGrants
{
    public static IEnumerable<JsonObject> OfBalancers(GrantScope scope)
    {
        JsonNode[] Balancers() => [scope.Arn("elasticloadbalancing", "loadbalancer/app/*"), scope.Arn("elasticloadbalancing", "loadbalancer/net/*")];
        JsonNode Targets() => scope.Arn("elasticloadbalancing", "targetgroup/*");
        JsonNode[] Listeners() => [scope.Arn("elasticloadbalancing", "listener/app/*"), scope.Arn("elasticloadbalancing", "listener/net/*")];
        JsonNode Rules() => scope.Arn("elasticloadbalancing", "listener-rule/app/*");
        yield return scope.Anywhere(Iam.Actions("elasticloadbalancing", "DescribeCapacityReservation", "DescribeListenerAttributes",
            "DescribeListenerCertificates", "DescribeListeners", "DescribeLoadBalancerAttributes", "DescribeLoadBalancers", "DescribeRules",
            "DescribeSSLPolicies", "DescribeTags", "DescribeTargetGroupAttributes", "DescribeTargetGroups", "DescribeTargetHealth"));
        yield return Iam.Allow(Iam.Actions("elasticloadbalancing", "CreateLoadBalancer", "CreateTargetGroup"), [.. Balancers(), Targets()]);
        yield return scope.Ours(
            Iam.Actions("elasticloadbalancing", "CreateListener", "DeleteLoadBalancer", "DeleteTargetGroup", "ModifyLoadBalancerAttributes",
                "ModifyTargetGroup", "ModifyTargetGroupAttributes", "SetIpAddressType", "SetSecurityGroups", "SetSubnets"),
            [.. Balancers(), Targets()]);

        // CloudFormation tags no listeners, and rules only lately; a balancer's name says nothing of its district.
        yield return Iam.Allow(
            Iam.Actions("elasticloadbalancing", "CreateRule", "DeleteListener", "DeleteRule", "ModifyListener", "ModifyListenerAttributes",
                "ModifyRule", "SetRulePriorities"),
            [.. Listeners(), Rules()]);
        yield return scope.Tagging("elasticloadbalancing:AddTags", [.. Balancers(), Targets(), .. Listeners(), Rules()]);
        yield return scope.Ours(["elasticloadbalancing:RemoveTags"], [.. Balancers(), Targets(), .. Listeners(), Rules()]);
    }

    public static IEnumerable<JsonObject> OfNames(GrantScope scope)
    {
        var certificates = scope.Arn("acm", "certificate/*");
        yield return scope.Anywhere(["acm:RequestCertificate"]);
        yield return Iam.Allow(Iam.Actions("acm", "DescribeCertificate", "ListTagsForCertificate"), certificates);
        yield return scope.Ours(Iam.Actions("acm", "DeleteCertificate", "RemoveTagsFromCertificate"), certificates.DeepClone());
        yield return scope.Tagging("acm:AddTagsToCertificate", certificates.DeepClone());

        // Route 53 has no regions, and its zones no conditions by tag; records are bound to the names that the file has.
        yield return Iam.Allow(
            Iam.Actions("route53", "ChangeTagsForResource", "DeleteHostedZone", "GetChange", "GetHostedZone", "ListResourceRecordSets",
                "ListTagsForResource", "UpdateHostedZoneComment"),
            Zone("*"), Cfn.Sub("arn:${AWS::Partition}:route53:::change/*"));
        yield return Iam.Allow(
            Iam.Actions("route53", "AssociateVPCWithHostedZone", "CreateHostedZone", "DisassociateVPCFromHostedZone", "ListHostedZones",
                "ListHostedZonesByName", "ListHostedZonesByVPC", "ListQueryLoggingConfigs"),
            "*");
        yield return Records("*", $"*.endpoint.{scope.Name.ToLowerInvariant()}.bcn");
        foreach (var endpoint in scope.District.Endpoints)
        {
            if (endpoint is { Domain: { } domain, HostedZone: { } zone })
            {
                yield return Records(zone, domain.ToLowerInvariant(), $"_*.{domain.ToLowerInvariant()}");
            }
        }
    }

    private static JsonObject Records(string zone, params string[] names) => Iam.Allow(["route53:ChangeResourceRecordSets"], Zone(zone))
        .If("ForAllValues:StringLike", "route53:ChangeResourceRecordSetsNormalizedRecordNames", names);

    private static JsonObject Zone(string id) => Cfn.Sub($"arn:${{AWS::Partition}}:route53:::hostedzone/{id}");
}
