using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.LoadBalancing;

/// <summary>Load balancers, listeners, rules and target groups of one account and region.</summary>
internal sealed class BalancerStore
{
    public List<Balancer> Balancers { get; } = [];

    public List<Listener> Listeners { get; } = [];

    public List<TargetGroup> TargetGroups { get; } = [];

    public TargetGroup? TargetGroup(string arn) => TargetGroups.Find(group => group.Arn == arn);

    public Listener Listener(string arn) => Listeners.Find(listener => listener.Arn == arn)
        ?? throw new AwsErrorException("ListenerNotFound", $"Listener '{arn}' not found");

    /// <summary>Whether a rule or default action sends traffic to the group; ECS refuses a service otherwise.</summary>
    public bool IsReachable(string groupArn) => BalancersOf(groupArn).Any();

    /// <summary>The load balancers that send traffic to the group.</summary>
    public IEnumerable<string> BalancersOf(string groupArn) => Listeners
        .Where(listener => Actions(listener).Any(action => Targets(action).Contains(groupArn)))
        .Select(listener => listener.BalancerArn)
        .Distinct();

    private static IEnumerable<JsonObject> Actions(Listener listener) =>
        listener.Properties.Objects("DefaultActions").Concat(listener.Rules.SelectMany(rule => rule.Properties.Objects("Actions")));

    private static IEnumerable<string?> Targets(JsonObject action) =>
        (action.Object("ForwardConfig")?.Objects("TargetGroups").Select(group => group.Text("TargetGroupArn")) ?? [])
            .Append(action.Text("TargetGroupArn"));
}
