using System.Collections.Immutable;
using Barcelona.GitOps.Aws.Districts;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning.Districts;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Districts;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Districts;

/// <summary>
/// Completes a district's file with what only AWS knows: zones and images. What the stack's parameters hold stays as it is; zones are only
/// added, and an image moves only when the file says latest and somebody has merged a change of it. Asked once in a run.
/// </summary>
public sealed class DistrictInputReader(DistrictLookups lookups, PlatformRepository platform, Runs runs)
{
    public async Task<(DistrictInputs Inputs, ImmutableArray<Diagnostic> Problems)> ReadAsync(
        ActiveRun run, WantedDistrict wanted, ObservedDistrict observed, CancellationToken cancellationToken)
    {
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        var inputs = new DistrictInputs
        {
            District = wanted.District,
            Platform = run.Row.Repository,
            Commit = run.Row.Commit,
            Zones = await ZonesAsync(run, wanted, observed, cancellationToken),
        };
        if (wanted.District.Network is Network.Made made && inputs.Zones.Length < made.Zones)
        {
            problems.Add(DistrictPlanDiagnostics.Zones(wanted.District.PlaceOf("network.zones"), made.Zones, inputs.Zones.Length));
        }

        // Only where there is a choice: whether the file was changed takes a look at git.
        var isMerged = new Lazy<Task<bool>>(() => IsMergedAsync(run, wanted, observed, cancellationToken));
        var cluster = await ImageAsync(ClusterImage(wanted.District), DistrictStackKeys.ClusterImageParameter);
        var plain = await ImageAsync(BaseImage(wanted.District), DistrictStackKeys.BaseImageParameter);
        return (inputs with { ClusterImage = cluster, BaseImage = plain }, problems.ToImmutable());

        async Task<string?> ImageAsync(ImageWish? wish, string parameter)
        {
            if (wish is not { Wanted: DistrictImages.Latest })
            {
                return wish?.Wanted;
            }

            var kept = observed.Stack?.Parameters.GetValueOrDefault(parameter) is { Length: > 0 } image ? image : null;
            if (kept is not null && !(DistrictImages.SaysLatest(wanted.District) && await isMerged.Value))
            {
                return kept;
            }

            var found = await ChosenAsync(run, wanted, wish, cancellationToken);
            if (found is null && kept is null)
            {
                problems.Add(DistrictPlanDiagnostics.Image(wanted.District.PlaceOf("cluster.ami"), wish.Parameter));
            }

            return found ?? kept ?? "";
        }
    }

    private static ImageWish? ClusterImage(District district) => DistrictImages.ClusterWish(district) is { } wish
        ? new(wish, DistrictImages.ClusterParameter(district), c => c.ClusterImage, (c, image) => c with { ClusterImage = image })
        : null;

    private static ImageWish? BaseImage(District district) => DistrictImages.NeedsBase(district)
        ? new(DistrictImages.Latest, DistrictImages.BaseParameter, c => c.BaseImage, (c, image) => c with { BaseImage = image })
        : null;

    /// <summary>Not the file by which the district became what it is: neither the stack's, nor that of the last run that got there.</summary>
    private async Task<bool> IsMergedAsync(ActiveRun run, WantedDistrict wanted, ObservedDistrict observed, CancellationToken cancellationToken)
    {
        var last = (await runs.NewestSucceededAsync(wanted.District.Name, "", cancellationToken))?.Commit;
        var stacks = CommitSha.TryParse(observed.Stack?.Parameters.GetValueOrDefault(StackKeys.CommitParameter), out var commit) ? commit : null;
        foreach (var earlier in new[] { stacks, last }.OfType<CommitSha>().Distinct())
        {
            var at = new Intake.CommitSubject(run.Row.Installation, run.Row.Repository, earlier);
            if (await platform.HashAtAsync(at, wanted.District.Name, cancellationToken) == wanted.Hash)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<string?> ChosenAsync(ActiveRun run, WantedDistrict wanted, ImageWish wish, CancellationToken cancellationToken)
    {
        if (wish.Read(run.Progress.Choices) is { } chosen)
        {
            return chosen;
        }

        var found = await lookups.ImageAsync(wanted.Session, wish.Parameter, cancellationToken);
        await run.UpdateAsync(run.Progress with { Choices = wish.Write(run.Progress.Choices, found) }, cancellationToken);
        return found;
    }

    private async Task<ImmutableArray<string>> ZonesAsync(
        ActiveRun run, WantedDistrict wanted, ObservedDistrict observed, CancellationToken cancellationToken)
    {
        if (wanted.District.Network is not Network.Made made)
        {
            return [];
        }

        var known = observed.Stack?.Parameters.GetValueOrDefault(DistrictStackKeys.ZonesParameter) ?? "";
        var kept = known.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (kept.Length >= made.Zones)
        {
            return [.. kept.Take(made.Zones)];
        }

        if (run.Progress.Choices.Zones.IsEmpty)
        {
            var offered = await lookups.ZonesAsync(wanted.Session, cancellationToken);
            await run.UpdateAsync(run.Progress with { Choices = run.Progress.Choices with { Zones = offered } }, cancellationToken);
        }

        return [.. kept.Concat(run.Progress.Choices.Zones.Except(kept, StringComparer.Ordinal)).Take(made.Zones)];
    }

    /// <param name="Wanted">An id, or latest.</param>
    /// <param name="Parameter">Where the newest id is published.</param>
    private sealed record ImageWish(
        string Wanted, string Parameter, Func<DistrictChoices, string?> Read, Func<DistrictChoices, string?, DistrictChoices> Write);
}
