using System.Collections.Immutable;
using System.Globalization;
using Amazon.ElasticLoadBalancingV2.Model;
using Barcelona.GitOps.Core.Templates.Routing;

namespace Barcelona.GitOps.Aws.Observing;

/// <param name="InUse">By listener and priority. The owner is the rule's stack; without one, its target group, or the rule itself.</param>
/// <param name="MissingListeners">ARNs for which there is no listener.</param>
public sealed record ListenerRules(ImmutableArray<RuleInUse> InUse, ImmutableArray<string> MissingListeners);

/// <summary>Reads which priorities are taken, and by whom, so that a clash can be named and a free one found.</summary>
public sealed class ListenerRulesReader
{
    // CloudFormation puts it on whatever it makes.
    private const string StackNameTag = "aws:cloudformation:stack-name";

    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html
    private const int ArnsPerCall = 20;

    public async Task<ListenerRules> ReadAsync(AwsSession session, IReadOnlyCollection<string> listenerArns, CancellationToken cancellationToken)
    {
        var inUse = ImmutableArray.CreateBuilder<RuleInUse>();
        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (var listener in listenerArns.Distinct(StringComparer.Ordinal))
        {
            try
            {
                inUse.AddRange(await ReadListenerAsync(session, listener, cancellationToken));
            }
            catch (Exception e) when (e is ListenerNotFoundException or LoadBalancerNotFoundException)
            {
                missing.Add(listener);
            }
        }

        return new ListenerRules(inUse.ToImmutable(), missing.ToImmutable());
    }

    private static async Task<IEnumerable<RuleInUse>> ReadListenerAsync(AwsSession session, string listener, CancellationToken cancellationToken)
    {
        List<Rule> rules = [];
        var request = new DescribeRulesRequest { ListenerArn = listener };
        do
        {
            var response = await session.LoadBalancing.DescribeRulesAsync(request, cancellationToken).Translated(cancellationToken);

            // The default rule's priority is the word "default": it takes no number.
            rules.AddRange((response.Rules ?? []).Where(r => int.TryParse(r.Priority, CultureInfo.InvariantCulture, out _)));
            request.Marker = response.NextMarker;
        }
        while (!string.IsNullOrEmpty(request.Marker));

        var stacks = await StacksOfAsync(session, rules, cancellationToken);
        return rules
            .Select(r => new RuleInUse(
                listener, int.Parse(r.Priority, CultureInfo.InvariantCulture), stacks.GetValueOrDefault(r.RuleArn) ?? TargetOf(r) ?? r.RuleArn))
            .OrderBy(r => r.Priority);
    }

    private static string? TargetOf(Rule rule) => (rule.Actions ?? [])
        .Select(a => a.TargetGroupArn ?? (a.ForwardConfig?.TargetGroups ?? []).FirstOrDefault()?.TargetGroupArn)
        .FirstOrDefault(arn => arn is not null);

    private static async Task<Dictionary<string, string>> StacksOfAsync(AwsSession session, List<Rule> rules, CancellationToken cancellationToken)
    {
        var stacks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var batch in rules.Select(r => r.RuleArn).Chunk(ArnsPerCall))
        {
            var request = new DescribeTagsRequest { ResourceArns = [.. batch] };
            var response = await session.LoadBalancing.DescribeTagsAsync(request, cancellationToken).Translated(cancellationToken);
            foreach (var description in response.TagDescriptions ?? [])
            {
                if ((description.Tags ?? []).FirstOrDefault(t => t.Key == StackNameTag)?.Value is { } stack)
                {
                    stacks[description.ResourceArn] = stack;
                }
            }
        }

        return stacks;
    }
}
