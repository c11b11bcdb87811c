using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Districts;

/// <summary>
/// Makes a run for each district whose file is not as it was when the district last got there. A mistake in one file is that file's check and
/// stops no other.
/// </summary>
public sealed partial class DistrictStarter(
    PlatformRepository platform, RefMessages messages, Runs runs, NewRuns newRuns, FileCheck fileCheck, RemovedDistricts removed, TimeProvider clock,
    ILogger<DistrictStarter> logger)
{
    /// <summary>Nothing, unless it was the default branch of the platform repository that was pushed.</summary>
    public async Task StartAsync(PushedRef pushed, ResolvedRef head, CancellationToken cancellationToken)
    {
        if (!platform.Is(pushed.Repository) || pushed.Ref.IsTag
            || pushed.Ref.ShortName != await messages.DefaultBranchAsync(pushed, cancellationToken))
        {
            return;
        }

        var files = await platform.ReadAsync(pushed.At(head.Commit), cancellationToken);
        foreach (var (name, file) in files.ByName)
        {
            if (file.HasErrors)
            {
                LogBroken(name, head.Commit);
                var check = new CheckSubject(DistrictRuns.CheckOf(name), CheckIds.Ref(pushed.Ref)) { What = $"districts/{name}" };
                await fileCheck.ReportAsync(pushed.At(head.Commit), check, file.Diagnostics, cancellationToken);
            }
            else if (await IsKnownAsync(pushed, name, files.Hashes[name], cancellationToken))
            {
                LogUnchanged(name, head.Commit);
            }
            else
            {
                await CreateAsync(pushed, head.Commit, name, cancellationToken);
            }
        }

        await removed.TellAsync(pushed, head.Commit, files, cancellationToken);
    }

    private async Task CreateAsync(PushedRef pushed, CommitSha head, string district, CancellationToken cancellationToken)
    {
        var run = await newRuns.MakeAsync(
            new NewRun
            {
                TriggerKey = $"{pushed.Events[^1].DeliveryId}:{DistrictRuns.EnvironmentOf(district)}:{head}",
                District = district,
                Heritage = "",
                Repository = pushed.Repository,
                Installation = pushed.Installation,
                Environment = DistrictRuns.EnvironmentOf(district),
                Ref = pushed.Ref,
                Commit = head,
                Actor = pushed.ActorOf(head),
            },
            clock.GetUtcNow(),
            cancellationToken);
        LogRun(run.Id, district, head);
    }

    /// <summary>The district got there with just this file, or is on its way there.</summary>
    private async Task<bool> IsKnownAsync(PushedRef pushed, string district, string hash, CancellationToken cancellationToken)
    {
        // One that failed may have left the district half-way: then also the file before it is news.
        var last = await runs.NewestForTargetAsync(district, "", cancellationToken);
        return last is { State: RunState.Queued or RunState.Running or RunState.Succeeded } && last.Repository.Equals(pushed.Repository)
            && await platform.HashAtAsync(pushed.At(last.Commit), district, cancellationToken) == hash;
    }

    [LoggerMessage(LogLevel.Information, "District {District} at {Commit}: its file has errors; nothing is changed")]
    private partial void LogBroken(string district, CommitSha commit);

    [LoggerMessage(LogLevel.Information, "District {District} at {Commit}: its file is as it was")]
    private partial void LogUnchanged(string district, CommitSha commit);

    [LoggerMessage(LogLevel.Information, "Run {RunId}: district {District} at {Commit}")]
    private partial void LogRun(string runId, string district, CommitSha commit);
}

/// <summary>How runs of districts are told from those of applications, and what their checks are called.</summary>
internal static class DistrictRuns
{
    public static string EnvironmentOf(string district) => $"district/{district}";

    /// <summary>Branch protection may depend on it.</summary>
    public static string CheckOf(string district) => $"barcelona/{EnvironmentOf(district)}";
}
