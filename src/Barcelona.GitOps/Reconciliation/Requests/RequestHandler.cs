using System.Text.Json;
using Amazon.Runtime;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Requests;

/// <summary>
/// Does what people asked of a target's runs, if they may, and says on the run's check what came of it. Under the lease of the target: a
/// request that is looked at again after a crash changes nothing more.
/// </summary>
public sealed partial class RequestHandler(
    RunRequests requests, Runs runs, RequestRights rights, ApprovalRights approvalRights, Approvals approvals, Cancellations cancellations,
    Rollbacks rollbacks, RunReporter reporter, TimeProvider clock, ILogger<RequestHandler> logger)
{
    private static readonly TimeSpan StrangePatience = TimeSpan.FromMinutes(1);

    /// <returns>False: GitHub or AWS cannot be asked now, and something waits to be answered.</returns>
    public async Task<bool> HandleAsync(DeployTarget target, Lease lease, CancellationToken cancellationToken)
    {
        var answered = true;
        foreach (var request in await requests.PendingAsync(target.District, target.Heritage, cancellationToken))
        {
            if (await runs.GetAsync(request.RunId, cancellationToken) is not { } row)
            {
                await requests.MarkHandledAsync(request, within: null, cancellationToken);
            }
            else if (await TryAnswerAsync(row, request, cancellationToken) is { } answer)
            {
                LogAnswered(request.Actor ?? "", request.Action, row.Id, answer);
                await requests.MarkHandledAsync(request, within: null, cancellationToken);
                await TellAsync(row.Id, answer, lease, cancellationToken);
            }
            else
            {
                // Nobody's deploy waits for that.
                answered = false;
            }
        }

        return answered;
    }

    private async Task TellAsync(string runId, string answer, Lease lease, CancellationToken cancellationToken)
    {
        // Read again: what was asked for may have changed it.
        if (await runs.GetAsync(runId, cancellationToken) is not { } row)
        {
            return;
        }

        var run = new ActiveRun(runs, row, lease, clock);
        if (run.Progress.Steps.LastOrDefault()?.Text != answer)
        {
            await run.UpdateAsync(run.Progress with { Steps = run.Progress.Steps.Add(new(clock.GetUtcNow(), answer)) }, cancellationToken);
            try
            {
                await reporter.ToldAgainAsync(run, cancellationToken);
            }
            catch (GitHubRefusedException refused)
            {
                LogUnheard(row.Id, refused.Message);
            }
        }
    }

    /// <returns>Null: it cannot be told now.</returns>
    private async Task<string?> TryAnswerAsync(Run run, RunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerAsync(run, request, cancellationToken);
        }
        catch (Exception away) when (away is GitHubUnavailableException or GitUnavailableException { IsTransient: true } or AwsUnavailableException)
        {
            LogUnheard(run.Id, away.Message);
            return null;
        }
        catch (Exception e) when (UnreadablePlatform.IsCause(e) || e is AwsDeniedException)
        {
            return $"{request.Actor} asked to {request.Action}, and whether they may cannot be told: {e.Message}";
        }
        catch (Exception strange) when (strange is AmazonServiceException or AmazonClientException or HttpRequestException or IOException
            or JsonException or FormatException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            // Nobody foresaw it, perhaps a mistake of ours. It is asked again for a while, and neither run nor other request waits for it.
            LogStrange(strange, run.Id);
            return clock.GetUtcNow() - request.AskedAt < StrangePatience ? null
                : $"{request.Actor} asked to {request.Action}, and it could not be answered: {Redactor.Redact(strange.Message)} "
                    + "Press it once more when that is mended";
        }
    }

    private async Task<string> AnswerAsync(Run run, RunRequest request, CancellationToken cancellationToken)
    {
        var who = request.Actor ?? "somebody";
        var refusal = await rights.RefusalAsync(run, request, cancellationToken);
        if (refusal is null && request.Action == Buttons.Approve && request.Origin == RequestOrigin.GitHub)
        {
            refusal = await approvalRights.RefusalAsync(run, who, cancellationToken);
        }

        return refusal is null
            ? await DoAsync(run, request, who, cancellationToken)
            : $"{who} asked to {request.Action}, and was refused: {refusal}";
    }

    private async Task<string> DoAsync(Run run, RunRequest request, string who, CancellationToken cancellationToken)
    {
        switch (request.Action)
        {
            case Buttons.Approve or Buttons.Cancel when run.State.IsFinal():
                return $"{who} asked to {request.Action}, when it was over";
            case Buttons.Approve:
                await approvals.GiveAsync(run, who, within: null, cancellationToken);
                return $"{who} approved";
            case Buttons.Retry when run.Kind != RunKind.Deploy && !await runs.IsNewestAsync(run, cancellationToken):
                return $"{who} asked for it once more, and was refused: there was something newer since";
            case Buttons.Retry:
                await runs.CreateAsync(NewRun.Again(run, request.RequestKey, who), within: null, cancellationToken);
                return $"{who} asked for it once more";
            case Buttons.Cancel or Buttons.RollBack:
                return await ActAsync(run, request, who, cancellationToken);
            default:
                return $"{who} pressed a button that this version does not know: {request.Action}";
        }
    }

    private async Task<string> ActAsync(Run run, RunRequest request, string who, CancellationToken cancellationToken)
    {
        var target = new DeployTarget(run.District, run.Heritage);
        try
        {
            if (request.Action == Buttons.Cancel)
            {
                await cancellations.OfRunAsync(run, who, cancellationToken);
                return $"{who} cancelled it";
            }

            // GitHub goes on showing the buttons of a check that an earlier version told.
            if (RunProgress.Parse(run.Detail).Release is null)
            {
                return $"{who} asked to roll back, and was refused: this deploy changed nothing, so that there is nothing to roll back from";
            }

            var offer = await rollbacks.FindAsync(target, to: null, cancellationToken);
            if (offer.Running is { Kind: RunKind.Rollback })
            {
                return $"{who} asked to roll back, and was refused: release {offer.Running.OfRelease} was put back already";
            }

            if (offer.From.Commit != run.Commit)
            {
                return $"{who} asked to roll back, and was refused: {offer.From.Commit.Abbreviated} was deployed since; "
                    + "press the button of its check";
            }

            var active = await runs.ActiveForTargetAsync(run.District, run.Heritage, cancellationToken);
            if (active.Any(r => r.IsRollback && r.OfRelease == offer.To.Number))
            {
                return $"{who} asked to roll back, and was refused: release {offer.To.Number} is being put back already";
            }

            // The push is the newer wish, though its run is there before the answer.
            if (active.LastOrDefault(r => r.Kind == RunKind.Deploy && r.Commit != run.Commit && r.CreatedAt >= request.AskedAt) is { } newer)
            {
                return $"{who} asked to roll back, and was refused: {newer.Commit.Abbreviated} was pushed since and is on its way; "
                    + "press once more to go back all the same";
            }

            await rollbacks.StartAsync(offer, new(who, request.RequestKey), cancellationToken);
            return $"{who} asked to put release {offer.To.Number} back";
        }
        catch (RefusedActException refused)
        {
            return $"{who} asked to {request.Action}, and was refused: {refused.Message}";
        }
    }

    [LoggerMessage(LogLevel.Warning, "What was asked of run {RunId}, or the answer to it, waits: {Reason}")]
    private partial void LogUnheard(string runId, string reason);

    [LoggerMessage(LogLevel.Error, "What was asked of run {RunId} could not be answered")]
    private partial void LogStrange(Exception exception, string runId);

    [LoggerMessage(LogLevel.Information, "{Actor} asked to {Action} run {RunId}: {Answer}")]
    private partial void LogAnswered(string actor, string action, string runId, string answer);
}
