using System.Collections.Immutable;
using System.Globalization;
using Amazon.ElasticLoadBalancingV2.Model;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates.Routing;

namespace Barcelona.GitOps.Aws.Observing;

/// <param name="InUse">By listener and priority. The owner is the rule's stack; without one, its target group, or the rule itself.</param>
/// <param name="MissingListeners">ARNs for which there is no listener.</param>
public sealed record ListenerRules(ImmutableArray<RuleInUse> InUse, ImmutableArray<string> MissingListeners);

/// <summary>Reads which priorities are taken, and by whom, so that a clash can be named and a free one found.</summary>
public sealed class ListenerRulesReader
{
    private const string RuleType = "AWS::ElasticLoadBalancingV2::ListenerRule";

    // CloudFormation puts it on whatever it makes, on rules only lately.
    private const string StackNameTag = "aws:cloudformation:stack-name";

    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html
    private const int ArnsPerCall = 20;

    /// <param name="own">
    /// The stack of whoever asks. Where rules have no tag it is asked for its own, since whoever does not know them takes them for somebody else's.
    /// </param>
    public async Task<ListenerRules> ReadAsync(
        AwsSession session, IReadOnlyCollection<string> listenerArns, ObservedStack? own, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, List<Rule>>(StringComparer.Ordinal);
        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (var listener in listenerArns.Distinct(StringComparer.Ordinal))
        {
            try
            {
                found[listener] = await ReadListenerAsync(session, listener, cancellationToken);
            }
            catch (Exception e) when (e is ListenerNotFoundException or LoadBalancerNotFoundException)
            {
                missing.Add(listener);
            }
        }

        var owners = await OwnersAsync(session, [.. found.Values.SelectMany(r => r)], own, cancellationToken);
        return new ListenerRules(
            [
                .. found.SelectMany(l => l.Value
                    .Select(r => new RuleInUse(
                        l.Key, int.Parse(r.Priority, CultureInfo.InvariantCulture), owners.GetValueOrDefault(r.RuleArn) ?? TargetOf(r) ?? r.RuleArn))
                    .OrderBy(r => r.Priority)),
            ],
            missing.ToImmutable());
    }

    private static async Task<List<Rule>> ReadListenerAsync(AwsSession session, string listener, CancellationToken cancellationToken)
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

        return rules;
    }

    private static async Task<Dictionary<string, string>> OwnersAsync(
        AwsSession session, List<Rule> rules, ObservedStack? own, CancellationToken cancellationToken)
    {
        var owners = await StacksOfAsync(session, rules, cancellationToken);
        if (own is not null && owners.Count < rules.Count)
        {
            foreach (var arn in (await StackResources.OfTypeAsync(session, own, RuleType, cancellationToken)).Values)
            {
                owners[arn] = own.Name.Value;
            }
        }

        return owners;
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
