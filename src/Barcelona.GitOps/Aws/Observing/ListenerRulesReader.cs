using System.Collections.Immutable;
using System.Globalization;
using Amazon.ElasticLoadBalancingV2.Model;

namespace Barcelona.GitOps.Aws.Observing;

/// <summary>A rule that takes a priority on a listener.</summary>
/// <param name="TargetGroupArn">Null: it redirects or answers by itself.</param>
/// <param name="StackName">Null: it is not of a stack.</param>
public sealed record ListenerRule(int Priority, string RuleArn, string? TargetGroupArn, string? StackName);

/// <summary>Reads which priorities are taken, and by whom, so that a clash can be named and a free one found.</summary>
public sealed class ListenerRulesReader
{
    // CloudFormation puts it on whatever it makes.
    private const string StackNameTag = "aws:cloudformation:stack-name";

    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html
    private const int ArnsPerCall = 20;

    /// <returns>By listener ARN. A listener that does not exist is not in it.</returns>
    public async Task<ImmutableDictionary<string, ImmutableArray<ListenerRule>>> ReadAsync(
        AwsSession session, IReadOnlyCollection<string> listenerArns, CancellationToken cancellationToken)
    {
        var byListener = ImmutableDictionary.CreateBuilder<string, ImmutableArray<ListenerRule>>(StringComparer.Ordinal);
        foreach (var listener in listenerArns.Distinct(StringComparer.Ordinal))
        {
            try
            {
                byListener[listener] = await ReadListenerAsync(session, listener, cancellationToken);
            }
            catch (Exception e) when (e is ListenerNotFoundException or LoadBalancerNotFoundException)
            {
                // Said by its absence: the caller knows which endpoint named it.
            }
        }

        return byListener.ToImmutable();
    }

    private static async Task<ImmutableArray<ListenerRule>> ReadListenerAsync(AwsSession session, string listener, CancellationToken cancellationToken)
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
        return
        [
            .. rules.Select(r => new ListenerRule(
                    int.Parse(r.Priority, CultureInfo.InvariantCulture), r.RuleArn, TargetOf(r), stacks.GetValueOrDefault(r.RuleArn)))
                .OrderBy(r => r.Priority),
        ];
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
