using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Acts;
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
    public async Task HandleAsync(DeployTarget target, Lease lease, CancellationToken cancellationToken)
    {
        foreach (var request in await requests.PendingAsync(target.District, target.Heritage, cancellationToken))
        {
            if (await runs.GetAsync(request.RunId, cancellationToken) is { } row)
            {
                var answer = await AnswerAsync(row, request, cancellationToken);
                LogAnswered(request.Actor ?? "", request.Action, row.Id, answer);
                var run = new ActiveRun(runs, row, lease, clock);
                await run.UpdateAsync(
                    run.Progress with { Steps = run.Progress.Steps.Add(new(clock.GetUtcNow(), answer)) }, cancellationToken);
                await reporter.ToldAgainAsync(run, cancellationToken);
            }

            await requests.MarkHandledAsync(request, within: null, cancellationToken);
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
                await cancellations.StartAsync(target, who, cancellationToken);
                return $"{who} cancelled it";
            }

            var offer = await rollbacks.FindAsync(target, to: null, cancellationToken);
            if (offer.From.Commit != run.Commit)
            {
                return $"{who} asked to roll back, and was refused: {offer.From.Commit.Abbreviated} was deployed since; press the button of its check";
            }

            await rollbacks.StartAsync(offer, new(who, request.RequestKey), cancellationToken);
            return $"{who} asked to put release {offer.To.Number} back";
        }
        catch (RefusedActException refused)
        {
            return $"{who} asked to {request.Action}, and was refused: {refused.Message}";
        }
    }

    [LoggerMessage(LogLevel.Information, "{Actor} asked to {Action} run {RunId}: {Answer}")]
    private partial void LogAnswered(string actor, string action, string runId, string answer);
}
