using System.Collections.Immutable;
using System.Globalization;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Routing;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>
/// Resolves a run's references. The secrets' versions stay those that it found first: a rotation in the middle is the next release's. The priorities
/// that it chose are kept from other deploys until its stack shows them.
/// </summary>
public sealed class ReferenceReader(
    References references, RestoredRelease restored, PriorityReservations reservations, TimeProvider clock)
{
    /// <summary>Longer than any deploy.</summary>
    private static readonly TimeSpan Reserved = TimeSpan.FromHours(2);

    public async Task<Resolution> ResolveAsync(ActiveRun active, WantedRelease wanted, ObservedState stacks, CancellationToken cancellationToken)
    {
        var run = active.Row;
        var inputs = new ReleaseInputs
        {
            Repository = run.Repository,
            Commit = run.Commit,
            Ref = run.Ref,
            Environment = wanted.Environment,
            District = wanted.District,
            Image = wanted.Image,
            AskedAt = run.CreatedAt,
            Hold = HoldOf(run, stacks.AppStack),
            Restarts = RestartsOf(run, wanted.Environment),
            Secrets = Here(active.Progress.Secrets, wanted.District),
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

        resolution = run.IsRollback ? await restored.PinAsync(run, wanted.Session, resolution, cancellationToken) : resolution;
        if (!resolution.Inputs.Secrets.SequenceEqual(active.Progress.Secrets))
        {
            await active.UpdateAsync(active.Progress with { Secrets = resolution.Inputs.Secrets }, cancellationToken);
        }

        return resolution;
    }

    /// <summary>Without those of another account or region, where the district was when they were found.</summary>
    private static ImmutableSortedDictionary<string, ResolvedSecret> Here(
        ImmutableSortedDictionary<string, ResolvedSecret> found, District district) =>
        found.RemoveRange(
            found.Where(s => !s.Value.Arn.Contains($":{district.Region}:{district.Account}:", StringComparison.Ordinal)).Select(s => s.Key));

    private static CommitSha? HoldOf(Run run, ObservedStack? stack) => run.Kind switch
    {
        RunKind.Rollback => run.Hold,
        RunKind.Restart => StackMemory.HoldOf(stack?.Parameters),
        _ => StackMemory.KeptHold(run.Commit, stack?.Parameters),
    };

    /// <summary>Marked by the moment of asking: every pass marks the same.</summary>
    private static ImmutableSortedDictionary<string, string> RestartsOf(Run run, EnvironmentManifest environment)
    {
        if (run.Kind != RunKind.Restart)
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        var named = (run.Restarts ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var mark = run.CreatedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return environment.Services.Select(s => s.Name.Value).Where(s => named.Length == 0 || named.Contains(s))
            .ToImmutableSortedDictionary(s => s, _ => mark, StringComparer.Ordinal);
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
