using System.Collections.Immutable;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Refs;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <summary>Makes a run for each environment that the pushed ref deploys, and tells the pushes that were overtaken before anybody looked.</summary>
public sealed partial class DeployStarter(
    IDistrictSource districts,
    UnreadablePlatform unreadable,
    RefMessages messages,
    Runs runs,
    NewRuns newRuns,
    FileCheck fileCheck,
    OvertakenReporter overtaken,
    TimeProvider clock,
    ILogger<DeployStarter> logger)
{
    /// <returns>False: the district files cannot be read, so that nobody knows what the push means; whoever pushed was told.</returns>
    public async Task<bool> StartAsync(PushedRef pushed, ResolvedRef head, BarcelonaManifest manifest, CancellationToken cancellationToken)
    {
        var nowhere = new TriggerContext { DefaultBranch = await messages.DefaultBranchAsync(pushed, cancellationToken), Districts = [] };
        var happened = await messages.EventAsync(pushed, head, nowhere.DefaultBranch, cancellationToken);
        DistrictFiles files;
        try
        {
            files = await districts.ReadAsync(cancellationToken);
        }
        catch (Exception trouble) when (UnreadablePlatform.IsCause(trouble))
        {
            LogUnreadable(pushed.Repository, trouble.Message);
            if (TriggerRules.Evaluate(manifest, happened, nowhere).All(d => d is TriggerDecision.Ignore))
            {
                return true;
            }

            await unreadable.TellAsync(pushed.At(head.Commit), pushed.Ref, trouble.Message, cancellationToken);
            return false;
        }

        var context = nowhere with { Districts = [.. files.Usable], Broken = [.. files.Broken] };
        context = context.Broken.IsEmpty ? context
            : context with { LastDistricts = await runs.LastDistrictsAsync(pushed.Repository, cancellationToken) };
        await ActAsync(pushed, head, TriggerRules.Evaluate(manifest, happened, context), cancellationToken);
        return true;
    }

    /// <summary>Somebody waits for a deploy of this ref: it had one before.</summary>
    public Task<bool> HasDeployedAsync(PushedRef pushed, CancellationToken cancellationToken) =>
        runs.AnyOfRefAsync(pushed.Repository, pushed.Ref, cancellationToken);

    private async Task ActAsync(PushedRef pushed, ResolvedRef head, ImmutableArray<TriggerDecision> decisions, CancellationToken cancellationToken)
    {
        foreach (var decision in decisions)
        {
            var environment = decision.Environment.Key.Value;
            switch (decision)
            {
                case TriggerDecision.Deploy deploy:
                    await CreateAsync(pushed, head, deploy, cancellationToken);
                    await overtaken.ReportAsync(pushed, head.Commit, environment, cancellationToken);
                    break;
                case TriggerDecision.Refuse(var diagnostics):
                    // The district's file may be the broken one: its own errors say more than that it is not usable.
                    await fileCheck.ReportAsync(
                        pushed.At(head.Commit), new($"barcelona/{environment}", CheckIds.Ref(pushed.Ref)), diagnostics, cancellationToken);
                    break;
                case TriggerDecision.Validate(var reason):
                    LogIgnored(environment, pushed.Repository, reason);
                    break;
                case TriggerDecision.Ignore(var reason):
                    LogIgnored(environment, pushed.Repository, reason);
                    break;
            }
        }
    }

    private async Task CreateAsync(PushedRef pushed, ResolvedRef head, TriggerDecision.Deploy deploy, CancellationToken cancellationToken)
    {
        var environment = deploy.Environment;
        if (await IsUnderWayAsync(pushed, head.Commit, deploy, cancellationToken))
        {
            LogUnderWay(environment.Key.Value, pushed.Repository, head.Commit);
            return;
        }

        var run = await newRuns.MakeAsync(
            new NewRun
            {
                // The newest event names the run: the same batch looked at again after a crash finds it.
                TriggerKey = $"{pushed.Events[^1].DeliveryId}:{environment.Key.Value}:{head.Commit}",
                District = deploy.District.Name,
                Heritage = environment.Name.Value,
                Repository = pushed.Repository,
                Installation = pushed.Installation,
                Environment = environment.Key.Value,
                Ref = pushed.Ref,
                Commit = head.Commit,
                Actor = pushed.ActorOf(head.Commit),
                Reason = ReasonOf(pushed),
            },
            clock.GetUtcNow(),
            cancellationToken);
        LogRun(run.Id, run.District, run.Heritage, run.Commit);
    }

    private static string ReasonOf(PushedRef pushed) => pushed.Events[^1].Kind switch
    {
        RefEventKind.Sweep => "sweep",
        RefEventKind.Rerequest => Run.ReRun,
        _ => pushed.Ref.IsTag ? "tag" : "push",
    };

    /// <summary>
    /// A push may be told of twice: by the sweep, and by a delivery that was asked for again. What is being deployed for it, or was just
    /// now, is not deployed once more, unless somebody asks for just that.
    /// </summary>
    private async Task<bool> IsUnderWayAsync(PushedRef pushed, CommitSha head, TriggerDecision.Deploy deploy, CancellationToken cancellationToken)
    {
        var (district, heritage) = (deploy.District.Name, deploy.Environment.Name.Value);
        if (pushed.Events.Any(e => e.Kind == RefEventKind.Rerequest)
            || await runs.NewestForTargetAsync(district, heritage, cancellationToken) is not
            {
                State: RunState.Queued or RunState.Running or RunState.Succeeded,
            } newest
            || newest.Repository != pushed.Repository || newest.Environment != deploy.Environment.Key.Value
            || newest.Ref != pushed.Ref || newest.Commit != head)
        {
            return false;
        }

        if (newest.State == RunState.Succeeded)
        {
            return true;
        }

        // What nobody was known to have pushed may have been refused for just that. What is deployed once more gives way to any push under way,
        // and this one gives way to none.
        return (newest.Actor is not null || pushed.ActorOf(head) is null)
            && !(newest.IsAskedAgain
                && (await runs.ActiveForTargetAsync(district, heritage, cancellationToken)).Any(r => r.Kind == RunKind.Deploy && r.Commit != head));
    }

    [LoggerMessage(LogLevel.Warning, "{Repository}: what a push means cannot be told without the district files: {Reason}")]
    private partial void LogUnreadable(RepositoryName repository, string reason);

    [LoggerMessage(LogLevel.Information, "{Environment} of {Repository}: {Commit} is deployed already, or being deployed")]
    private partial void LogUnderWay(string environment, RepositoryName repository, CommitSha commit);

    [LoggerMessage(LogLevel.Information, "{Environment} of {Repository} is not deployed: {Reason}")]
    private partial void LogIgnored(string environment, RepositoryName repository, string reason);

    [LoggerMessage(LogLevel.Information, "Run {RunId}: {District}/{Heritage} at {Commit}")]
    private partial void LogRun(string runId, string district, string heritage, CommitSha commit);
}
