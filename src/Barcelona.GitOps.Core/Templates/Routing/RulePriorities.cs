using System.Collections.Immutable;
using System.Globalization;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Routing;

/// <summary>
/// Gives each listener its rule priority: the one in the file, else the one it had, else the lowest from 100 that is free on both listeners of
/// the endpoint. AWS is the memory: what a listener had stands in the parameters of its app stack.
/// </summary>
public static class RulePriorities
{
    public const int First = 100;

    /// <summary>The load balancer's limit.</summary>
    public const int Last = 50_000;

    /// <summary>
    /// Endpoints that the district does not have, or does not name the listeners of, get free numbers: building the release complains.
    /// </summary>
    public static PriorityAllocation Allocate(PriorityRequest request)
    {
        var priorities = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var slots = request.Services.SelectMany(Route.SlotsOf).ToArray();
        foreach (var endpoint in slots.GroupBy(s => s.Listener.Endpoint.Value, StringComparer.Ordinal))
        {
            var inUse = InUseOn(request, endpoint.Key);
            var others = inUse.Where(u => u.Value != request.Owner).ToDictionary();
            var taken = others.Keys.ToHashSet();
            var explicits = endpoint.Where(s => s.Listener.RulePriority is not null).ToArray();
            taken.UnionWith(explicits.Select(s => s.Listener.RulePriority?.Value ?? 0));
            foreach (var (priority, slot) in explicits.Select(s => (s.Listener.RulePriority, s.Slot)))
            {
                if (priority is null)
                {
                    continue;
                }

                priorities[slot] = priority.Value;
                if (inUse.TryGetValue(priority.Value, out var owner) && (owner != request.Owner || Kept(request, slot) != priority.Value))
                {
                    diagnostics.Add(ReleaseDiagnostics.PriorityTaken(priority, owner, NearestFree(priority.Value, taken)));
                }
            }

            // Those that are kept come first: a new listener must not take the number of one that stands below it in the file.
            var rest = endpoint.Where(s => s.Listener.RulePriority is null).Select(s => (s.Slot, Kept: Kept(request, s.Slot))).ToArray();
            foreach (var (slot, kept) in rest.Where(s => s.Kept is not null).OrderBy(s => s.Slot, StringComparer.Ordinal))
            {
                priorities[slot] = kept is { } number && taken.Add(number) ? number : LowestFree(taken);
            }

            // CloudFormation makes a new rule before it takes an old one away.
            taken.UnionWith(inUse.Keys);
            foreach (var (slot, _) in rest.Where(s => s.Kept is null).OrderBy(s => s.Slot, StringComparer.Ordinal))
            {
                priorities[slot] = LowestFree(taken);
            }
        }

        return new(priorities.ToImmutable(), diagnostics.ToImmutable());
    }

    /// <summary>
    /// Every listener has the priority that it had, on the load balancer that it had it on, so that nobody's rules need to be read.
    /// </summary>
    public static bool AreKnown(PriorityRequest request) => request.Services.SelectMany(Route.SlotsOf)
        .All(s => Kept(request, s.Slot) is { } kept && (s.Listener.RulePriority is not { } wanted || wanted.Value == kept)
            && IsWhereItWas(request, s.Listener.Endpoint.Value));

    /// <summary>On other listeners, or on one more for HTTPS, a kept number may be somebody else's.</summary>
    private static bool IsWhereItWas(PriorityRequest request, string endpoint) =>
        request.District.Endpoints.FirstOrDefault(e => e.Name == endpoint)?.Existing is { } existing
        && request.AppStackParameters.GetValueOrDefault(LogicalIds.HttpListener(endpoint)) == existing.HttpListenerArn
        && (existing.HttpsListenerArn is not { } https || request.AppStackParameters.GetValueOrDefault(LogicalIds.HttpsListener(endpoint)) == https);

    /// <summary>The free number that is closest; of two the higher.</summary>
    public static int NearestFree(int wanted, IReadOnlySet<int> taken) => Enumerable.Range(1, Last)
        .SelectMany(distance => new[] { wanted + distance, wanted - distance })
        .First(n => n is >= 1 and <= Last && !taken.Contains(n));

    private static int LowestFree(HashSet<int> taken)
    {
        var free = Enumerable.Range(First, Last - First + 1).First(n => !taken.Contains(n));
        taken.Add(free);
        return free;
    }

    private static int? Kept(PriorityRequest request, string slot) =>
        request.AppStackParameters.TryGetValue(LogicalIds.Priority(slot), out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Last
            ? number
            : null;

    /// <summary>With who has it. Own rules stand in nobody's way where there is no stack of which they could be.</summary>
    private static Dictionary<int, string> InUseOn(PriorityRequest request, string endpoint)
    {
        var listeners = request.District.Endpoints.Where(e => e.Name == endpoint)
            .SelectMany(e => new[] { e.Existing?.HttpListenerArn, e.Existing?.HttpsListenerArn })
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        return request.InUse
            .Where(u => listeners.Contains(u.ListenerArn) && (u.Owner != request.Owner || !request.AppStackParameters.IsEmpty))
            .GroupBy(u => u.Priority, u => u.Owner)
            .ToDictionary(g => g.Key, g => g.Order(StringComparer.Ordinal).First());
    }
}

/// <summary>What an allocation is decided from.</summary>
public sealed record PriorityRequest
{
    /// <summary>Whose rules these are, in the words of <see cref="RuleInUse.Owner"/>: its own stand only in the way of rules that are new.</summary>
    public required string Owner { get; init; }

    public required District District { get; init; }

    public required ImmutableArray<ServiceManifest> Services { get; init; }

    /// <summary>Of the app stack as it is; empty when there is none.</summary>
    public ImmutableSortedDictionary<string, string> AppStackParameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What the listeners have now, and what releases of others in flight have reserved.</summary>
    public ImmutableArray<RuleInUse> InUse { get; init; } = [];
}

/// <summary>A priority that a rule has on a listener, or is about to get.</summary>
/// <param name="Owner">The rule's stack, or the target that reserved it; something a person can look for.</param>
public sealed record RuleInUse(string ListenerArn, int Priority, string Owner);

/// <summary>By <see cref="RuleSlot"/>, explicit ones too; and the explicit ones that somebody else has.</summary>
public sealed record PriorityAllocation(ImmutableSortedDictionary<string, int> Priorities, ImmutableArray<Diagnostic> Diagnostics);
