using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub.Checks;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Refs;

namespace Barcelona.GitOps.Reconciliation.Districts;

/// <summary>
/// A district file that is gone takes nothing down: that takes an explicit word. So whoever removed it is told what stays, once, by a check
/// that stands in nobody's way.
/// </summary>
public sealed partial class RemovedDistricts(
    PlatformRepository platform, RefStates states, Runs runs, FileCheck fileCheck, ILogger<RemovedDistricts> logger)
{
    public async Task TellAsync(PushedRef pushed, CommitSha head, DistrictFiles files, CancellationToken cancellationToken)
    {
        foreach (var name in (await EarlierAsync(pushed, cancellationToken)).Where(n => !files.ByName.ContainsKey(n)))
        {
            if (await IsTakenDownAsync(pushed, name, cancellationToken))
            {
                continue;
            }

            LogRemoved(name, head);
            var check = new CheckSubject(DistrictRuns.CheckOf(name), CheckIds.Ref(pushed.Ref));
            await fileCheck.ReportAsync(pushed.At(head), check, (CheckVerdict.Neutral, ReportOf(name)), cancellationToken);
        }
    }

    /// <summary>What had a file when the branch was last looked at. Who presses re-run asks about all that ever had one.</summary>
    private async Task<IEnumerable<string>> EarlierAsync(PushedRef pushed, CancellationToken cancellationToken)
    {
        if (pushed.Events.Any(e => e.Kind == RefEventKind.Rerequest))
        {
            return await runs.DistrictsOfAsync(pushed.Repository, cancellationToken);
        }

        var state = await states.GetAsync(pushed.Repository, pushed.Ref, cancellationToken);
        try
        {
            return CommitSha.TryParse(state?.Commit, out var commit)
                ? (await platform.ReadAsync(pushed.At(commit), cancellationToken)).ByName.Keys
                : [];
        }
        catch (GitUnavailableException gone) when (!gone.IsTransient)
        {
            // A force-push left it behind.
            return [];
        }
    }

    /// <summary>Its last run got there, and was by a file that says <c>delete: true</c>.</summary>
    private async Task<bool> IsTakenDownAsync(PushedRef pushed, string district, CancellationToken cancellationToken)
    {
        if (await runs.NewestForTargetAsync(district, "", cancellationToken) is not { State: RunState.Succeeded } last
            || !last.Repository.Equals(pushed.Repository))
        {
            return false;
        }

        try
        {
            var files = await platform.ReadAsync(pushed.At(last.Commit), cancellationToken);
            return files.ByName.GetValueOrDefault(district)?.Value is { Delete: true };
        }
        catch (GitUnavailableException gone) when (!gone.IsTransient)
        {
            return false;
        }
    }

    private static CheckReport ReportOf(string district) => new()
    {
        Title = $"districts/{district}.yml is gone; what it made stays",
        Summary = $"Removing the file takes nothing down: the stacks of district {district} stay, what runs there goes on running and is charged, "
            + "and nothing can be deployed there any more.\n\n"
            + "To take the district down, put the file back with `delete: true`, and remove it once that check has succeeded. "
            + "If it is to stay as it is, there is nothing to do; with the file back, it is looked after again.",
    };

    [LoggerMessage(LogLevel.Information, "District {District} has no file at {Commit} any more; it is left as it is")]
    private partial void LogRemoved(string district, CommitSha commit);
}
