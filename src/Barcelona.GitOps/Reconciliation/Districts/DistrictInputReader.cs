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
        var question = new Question(run, wanted, observed);
        var inputs = new DistrictInputs
        {
            District = wanted.District,
            Platform = run.Row.Repository,
            Commit = run.Row.Commit,
            Zones = await ZonesAsync(run, wanted, observed, cancellationToken),
            ClusterImage = await ClusterImageAsync(question, cancellationToken),
            BaseImage = await BaseImageAsync(question, cancellationToken),
        };
        if (wanted.District.Network is Network.Made made && inputs.Zones.Length < made.Zones)
        {
            problems.Add(DistrictPlanDiagnostics.Zones(wanted.District.PlaceOf("network.zones"), made.Zones, inputs.Zones.Length));
        }

        if (inputs.ClusterImage is "")
        {
            problems.Add(DistrictPlanDiagnostics.Image(wanted.District.PlaceOf("cluster.ami"), DistrictImages.ClusterPublished(wanted.District)));
        }

        if (inputs.BaseImage is "")
        {
            problems.Add(DistrictPlanDiagnostics.Image(wanted.District.PlaceOf("cluster.ami"), DistrictImages.BasePublished));
        }

        return (inputs, problems.ToImmutable());
    }

    /// <returns>Null: the district makes no such instances. Empty: AWS offers none.</returns>
    private async Task<string?> ClusterImageAsync(Question question, CancellationToken cancellationToken)
    {
        var (run, wanted, _) = question;
        if (DistrictImages.ClusterWish(wanted.District) is not DistrictImages.Latest)
        {
            return DistrictImages.ClusterWish(wanted.District);
        }

        var (kept, moves) = await KeptAsync(question, DistrictImages.ClusterParameter(wanted.District), cancellationToken);
        if (kept is not null && !moves)
        {
            return kept;
        }

        if (run.Progress.Choices.ClusterImage is null
            && await lookups.ImageAsync(wanted.Session, DistrictImages.ClusterPublished(wanted.District), cancellationToken) is { } found)
        {
            await run.UpdateAsync(run.Progress with { Choices = run.Progress.Choices with { ClusterImage = found } }, cancellationToken);
        }

        return run.Progress.Choices.ClusterImage ?? kept ?? "";
    }

    /// <summary>NAT instance and bastion: their types are ours, so that their processor never changes.</summary>
    private async Task<string?> BaseImageAsync(Question question, CancellationToken cancellationToken)
    {
        var (run, wanted, _) = question;
        if (!DistrictImages.NeedsBase(wanted.District))
        {
            return null;
        }

        var (kept, moves) = await KeptAsync(question, DistrictStackKeys.BaseImageParameter, cancellationToken);
        if (kept is not null && !moves)
        {
            return kept;
        }

        if (run.Progress.Choices.BaseImage is null
            && await lookups.ImageAsync(wanted.Session, DistrictImages.BasePublished, cancellationToken) is { } found)
        {
            await run.UpdateAsync(run.Progress with { Choices = run.Progress.Choices with { BaseImage = found } }, cancellationToken);
        }

        return run.Progress.Choices.BaseImage ?? kept ?? "";
    }

    /// <summary>
    /// What the stack has, and whether the newest takes its place. Only where there is a choice: whether the file was changed takes a look at git.
    /// </summary>
    private async Task<(string? Image, bool Moves)> KeptAsync(Question question, string parameter, CancellationToken cancellationToken) =>
        question.Observed.Stack?.Parameters.GetValueOrDefault(parameter) is { Length: > 0 } image
            ? (image, DistrictImages.SaysLatest(question.Wanted.District) && await IsMergedAsync(question, cancellationToken))
            : (null, true);

    /// <summary>Not the file by which the district became what it is: neither the stack's, nor that of the last run that got there.</summary>
    private async Task<bool> IsMergedAsync(Question question, CancellationToken cancellationToken)
    {
        var (run, wanted, observed) = question;

        // A change that leaves the template alone leaves the stack at an older file: without a run on record nobody can tell, and the image stays.
        if (await runs.NewestSucceededAsync(wanted.District.Name, "", cancellationToken) is not { Commit: var last })
        {
            return false;
        }

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

    private sealed record Question(ActiveRun Run, WantedDistrict Wanted, ObservedDistrict Observed);
}
