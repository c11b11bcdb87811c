using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.LoadBalancing;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>AWS::ElasticLoadBalancingV2::ListenerRule: a priority belongs to one rule of a listener.</summary>
internal sealed class ListenerRuleResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var listener = request.Region.Balancers.Listener(request.Properties.Text("ListenerArn") ?? "");
        var priority = Priority(request, listener, own: null);
        var arn = $"{listener.Arn.Replace(":listener/", ":listener-rule/", StringComparison.Ordinal)}/{Identifiers.Hex(16)}";
        listener.Rules.Add(new ListenerRule(arn) { Priority = priority, Properties = request.Properties.Copy(), Tags = request.Tags });
        return Done(arn);
    }

    public ResourceProgress Update(ResourceRequest request)
    {
        var listener = request.Region.Balancers.Listener(request.Properties.Text("ListenerArn") ?? "");
        var rule = listener.Rules.Find(rule => rule.Arn == request.PhysicalId)
            ?? throw new AwsErrorException("RuleNotFound", "One or more rules not found");
        rule.Priority = Priority(request, listener, rule);
        rule.Properties = request.Properties.Copy();
        rule.Tags = request.Tags;
        return Done(rule.Arn);
    }

    public ResourceProgress Delete(ResourceRequest request)
    {
        foreach (var listener in request.Region.Balancers.Listeners) listener.Rules.RemoveAll(rule => rule.Arn == request.PhysicalId);
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static int Priority(ResourceRequest request, Listener listener, ListenerRule? own)
    {
        var priority = request.Properties.Number("Priority") ?? 0;
        if (priority is < 1 or > 50_000)
            throw new AwsErrorException(
                "ValidationError", $"1 validation error detected: Value '{priority}' at 'priority' failed to satisfy constraint");
        foreach (var group in request.Properties.Objects("Actions").Select(action => action.Text("TargetGroupArn")).OfType<string>())
        {
            var target = request.Region.Balancers.TargetGroup(group)
                ?? throw new AwsErrorException("TargetGroupNotFound", $"Target group '{group}' not found");
            var balancer = request.Region.Balancers.Balancers.Find(known => known.Arn == listener.BalancerArn);
            if (balancer is not null && target.Properties.Text("VpcId") is { } vpc && vpc != balancer.VpcId)
                throw new AwsErrorException("InvalidConfigurationRequest",
                    $"The following target groups are in a different VPC than load balancer {balancer.Arn}: {group}");
        }
        return listener.Rules.Exists(rule => rule != own && rule.Priority == priority)
            ? throw new AwsErrorException("PriorityInUse", $"Priority '{priority}' is currently in use")
            : priority;
    }

    private static ResourceProgress.Done Done(string arn) => new(arn, new JsonObject { ["RuleArn"] = arn, ["IsDefault"] = false });
}
