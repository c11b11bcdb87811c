using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>What an app stack says should run, whichever release it is of: its services with the revisions that its parameters name.</summary>
internal static class RunningServices
{
    private const string Service = "Service", Definition = "TaskDefinition", Arn = "Arn";

    public static ExpectedRollout Of(ObservedStack stack) => new(
        stack.Parameters.GetValueOrDefault(StackKeys.ClusterParameter, ""),
        stack,
        [.. Named(stack).Where(s => stack.Outputs.ContainsKey(s.LogicalId + Arn))]);

    /// <summary>All that its parameters name, also what it is only just making, and scheduled tasks, which have no service.</summary>
    public static IEnumerable<ExpectedService> Named(ObservedStack stack) =>
        stack.Parameters.Where(p => p.Key.StartsWith(Definition, StringComparison.Ordinal))
            .Select(p => (Name: p.Key[Definition.Length..], Revision: p.Value))
            .Select(p => new ExpectedService(p.Name, Service + p.Name, p.Revision));

    /// <summary>The same of a stack that is still being made, by what it was given.</summary>
    /// <param name="revisions">By service or scheduled task.</param>
    public static ExpectedRollout OfNew(ObservedStack stack, IReadOnlyDictionary<string, string> revisions) => Of(stack) with
    {
        Services = [.. revisions.Select(r => new ExpectedService(r.Key, LogicalIds.Service(r.Key), r.Value))],
    };

    /// <summary>The services that a stack at rest was given by a run.</summary>
    /// <param name="revisions">By service or scheduled task, of which the latter have nothing that rolls out.</param>
    public static ExpectedRollout Given(ObservedStack stack, IReadOnlyDictionary<string, string> revisions)
    {
        var all = OfNew(stack, revisions);
        return all with { Services = [.. all.Services.Where(s => stack.Outputs.ContainsKey(StackKeys.ServiceOutput(s.LogicalId)))] };
    }
}
