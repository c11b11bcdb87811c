using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.LoadBalancing;

/// <summary>Elastic Load Balancing v2, API version 2015-12-01: what can be looked at.</summary>
internal static class BalancerApi
{
    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["DescribeLoadBalancers"] = DescribeLoadBalancers,
        ["DescribeListeners"] = DescribeListeners,
        ["DescribeRules"] = DescribeRules,
        ["DescribeTargetGroups"] = DescribeTargetGroups,
        ["DescribeTargetHealth"] = DescribeTargetHealth,
        ["DescribeLoadBalancerAttributes"] = DescribeAttributes,
        ["DescribeTags"] = DescribeTags,
    };

    private static JsonObject DescribeLoadBalancers(AwsRegion region, JsonObject request)
    {
        var (arns, names) = (request.Texts("LoadBalancerArns").ToList(), request.Texts("Names").ToList());
        var found = region.Balancers.Balancers
            .Where(balancer => (arns.Count == 0 || arns.Contains(balancer.Arn)) && (names.Count == 0 || names.Contains(balancer.Name))).ToList();
        if (arns.Count + names.Count > 0 && found.Count == 0)
            throw new AwsErrorException("LoadBalancerNotFound", arns.Count > 0
                ? "One or more load balancers not found"
                : $"Load balancers '[{string.Join(", ", names)}]' not found");
        return Page(request, [.. found.Select(Describe)], "LoadBalancers");
    }

    private static JsonObject DescribeListeners(AwsRegion region, JsonObject request)
    {
        var arns = request.Texts("ListenerArns").ToList();
        var found = arns.Count > 0
            ? arns.Select(region.Balancers.Listener)
            : region.Balancers.Listeners.Where(listener => listener.BalancerArn == request.Text("LoadBalancerArn"));
        return Page(request, [.. found.Select(Describe)], "Listeners");
    }

    private static JsonObject DescribeRules(AwsRegion region, JsonObject request)
    {
        var arns = request.Texts("RuleArns").ToHashSet();
        var listeners = arns.Count > 0 ? region.Balancers.Listeners : [region.Balancers.Listener(request.Text("ListenerArn") ?? "")];
        var rules = listeners.SelectMany(All).Where(rule => arns.Count == 0 || arns.Contains(rule.Text("RuleArn") ?? "")).ToList();
        if (arns.Count > 0 && rules.Count < arns.Count) throw new AwsErrorException("RuleNotFound", "One or more rules not found");
        return Page(request, rules, "Rules");
    }

    private static JsonObject DescribeTargetGroups(AwsRegion region, JsonObject request)
    {
        var (arns, names) = (request.Texts("TargetGroupArns").ToList(), request.Texts("Names").ToList());
        var balancer = request.Text("LoadBalancerArn");
        var found = region.Balancers.TargetGroups
            .Where(group => (arns.Count == 0 || arns.Contains(group.Arn)) && (names.Count == 0 || names.Contains(group.Name))
                && (balancer is null || region.Balancers.BalancersOf(group.Arn).Contains(balancer))).ToList();
        if (arns.Count + names.Count > 0 && found.Count == 0)
            throw new AwsErrorException("TargetGroupNotFound", "One or more target groups not found");
        return Page(request, [.. found.Select(group => Describe(region, group))], "TargetGroups");
    }

    private static JsonObject DescribeTargetHealth(AwsRegion region, JsonObject request)
    {
        var arn = request.Text("TargetGroupArn") ?? "";
        var group = region.Balancers.TargetGroup(arn) ?? throw new AwsErrorException("TargetGroupNotFound", "One or more target groups not found");
        return new JsonObject { ["TargetHealthDescriptions"] = TargetHealth.Of(region, group).ToJsonArray() };
    }

    private static JsonObject DescribeAttributes(AwsRegion region, JsonObject request)
    {
        var balancer = region.Balancers.Balancers.Find(balancer => balancer.Arn == request.Text("LoadBalancerArn"))
            ?? throw new AwsErrorException("LoadBalancerNotFound", "One or more load balancers not found");
        return new JsonObject { ["Attributes"] = balancer.Attributes.Select(attribute => attribute.Copy()).ToJsonArray() };
    }

    private static JsonObject DescribeTags(AwsRegion region, JsonObject request)
    {
        var store = region.Balancers;
        var tags = store.Balancers.Select(balancer => (balancer.Arn, balancer.Tags))
            .Concat(store.TargetGroups.Select(group => (group.Arn, group.Tags)))
            .Concat(store.Listeners.Select(listener => (listener.Arn, Tags: (IReadOnlyList<JsonObject>)[])))
            .Concat(store.Listeners.SelectMany(listener => listener.Rules).Select(rule => (rule.Arn, rule.Tags)))
            .ToDictionary(entry => entry.Arn, entry => entry.Tags);
        return new JsonObject
        {
            ["TagDescriptions"] = request.Texts("ResourceArns").Select(arn => new JsonObject
            {
                ["ResourceArn"] = arn,
                ["Tags"] = (tags.GetValueOrDefault(arn) ?? throw new AwsErrorException("TargetGroupNotFound", $"'{arn}' not found"))
                    .Select(tag => tag.Copy()).ToJsonArray(),
            }).ToJsonArray(),
        };
    }

    private static JsonObject Describe(Balancer balancer) => new()
    {
        ["LoadBalancerArn"] = balancer.Arn,
        ["LoadBalancerName"] = balancer.Name,
        ["DNSName"] = balancer.DnsName,
        ["CanonicalHostedZoneId"] = "Z14GRHDCWA56QT",
        ["CreatedTime"] = balancer.CreatedAt.Iso(),
        ["Scheme"] = balancer.Scheme,
        ["VpcId"] = balancer.VpcId,
        ["Type"] = balancer.Type,
        ["State"] = new JsonObject { ["Code"] = "active" },
        ["SecurityGroups"] = balancer.Properties.Texts("SecurityGroups").ToJsonArray(),
    };

    private static JsonObject Describe(Listener listener)
    {
        var answer = listener.Properties.Copy();
        answer["ListenerArn"] = listener.Arn;
        answer["LoadBalancerArn"] = listener.BalancerArn;
        return answer;
    }

    private static IEnumerable<JsonObject> All(Listener listener) => listener.Rules
        .OrderBy(rule => rule.Priority)
        .Select(rule => new JsonObject
        {
            ["RuleArn"] = rule.Arn,
            ["Priority"] = rule.Priority.ToString(CultureInfo.InvariantCulture),
            ["Conditions"] = rule.Properties["Conditions"]?.DeepClone(),
            ["Actions"] = rule.Properties["Actions"]?.DeepClone(),
            ["IsDefault"] = false,
        })
        .Append(new JsonObject
        {
            ["RuleArn"] = listener.Arn.Replace(":listener/", ":listener-rule/", StringComparison.Ordinal) + "/" + listener.Arn[^16..],
            ["Priority"] = "default",
            ["Conditions"] = new JsonArray(),
            ["Actions"] = listener.Properties["DefaultActions"]?.DeepClone(),
            ["IsDefault"] = true,
        });

    private static JsonObject Describe(AwsRegion region, TargetGroup group)
    {
        var answer = group.Properties.Copy();
        foreach (var name in (string[])["Tags", "TargetGroupAttributes", "Targets", "Name"]) answer.Remove(name);
        answer["TargetGroupArn"] = group.Arn;
        answer["TargetGroupName"] = group.Name;
        answer["TargetType"] ??= "instance";
        answer["LoadBalancerArns"] = region.Balancers.BalancersOf(group.Arn).ToJsonArray();
        return answer;
    }

    // These operations page with Marker and NextMarker.
    private static JsonObject Page(JsonObject request, List<JsonObject> items, string list)
    {
        var size = request.Number("PageSize") ?? 400;
        var start = Pages.Start(request.Text("Marker"));
        var answer = new JsonObject { [list] = items.Skip(start).Take(size).ToJsonArray() };
        if (start + size < items.Count) answer["NextMarker"] = (start + size).ToString(CultureInfo.InvariantCulture);
        return answer;
    }
}
