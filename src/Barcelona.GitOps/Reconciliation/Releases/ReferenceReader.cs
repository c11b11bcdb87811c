using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Routing;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>Resolves a run's references, and keeps the priorities it chose from other deploys until its stack shows them.</summary>
public sealed class ReferenceReader(References references, PriorityReservations reservations, TimeProvider clock)
{
    /// <summary>Longer than any deploy.</summary>
    private static readonly TimeSpan Reserved = TimeSpan.FromHours(2);

    public async Task<Resolution> ResolveAsync(Run run, WantedRelease wanted, ObservedState stacks, CancellationToken cancellationToken)
    {
        var inputs = new ReleaseInputs
        {
            Repository = run.Repository,
            Commit = run.Commit,
            Ref = run.Ref,
            Environment = wanted.Environment,
            District = wanted.District,
            Image = wanted.Image,
            AskedAt = run.CreatedAt,
        };
        var resolution = await references.ResolveAsync(
            wanted.Session,
            inputs,
            stacks,
            async listeners =>
                [.. (await reservations.ListAsync(listeners, cancellationToken)).Select(r => new RuleInUse(r.ListenerArn, (int)r.Priority, r.Owner))],
            cancellationToken);
        if (resolution.Chosen && resolution.Diagnostics.IsEmpty)
        {
            await ReserveAsync(resolution.Inputs, cancellationToken);
        }

        return resolution;
    }

    private async Task ReserveAsync(ReleaseInputs inputs, CancellationToken cancellationToken)
    {
        var owner = StackName.App(inputs.Target.District, inputs.Target.Heritage).Value;
        foreach (var (slot, priority) in inputs.Priorities)
        {
            foreach (var listener in References.Listeners(inputs, new HashSet<string> { RuleSlot.EndpointOf(slot) }))
            {
                // Somebody was faster: the next pass sees it and takes another.
                if (!await reservations.ReserveAsync(
                    new(listener, priority, owner, slot, clock.GetUtcNow() + Reserved), within: null, cancellationToken))
                {
                    throw new PriorityRaceException(listener, priority);
                }
            }
        }
    }
}

/// <summary>Two deploys chose one priority at once; the pass is repeated.</summary>
public sealed class PriorityRaceException(string listener, int priority)
    : Exception($"Priority {priority} of {listener} was taken by another deploy in this moment.");
