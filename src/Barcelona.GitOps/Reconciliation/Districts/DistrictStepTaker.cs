using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Planning.Districts;
using Barcelona.GitOps.Reconciliation.Running;

namespace Barcelona.GitOps.Reconciliation.Districts;

/// <summary>
/// Takes a district's steps phase by phase. Within a phase the stacks do not wait for each other, so that five load balancers take no longer
/// than one; a phase that needs time ends the pass.
/// </summary>
public sealed class DistrictStepTaker(StackStarter stacks)
{
    public async Task<Outcome> TakeAsync(ActiveRun run, AwsSession session, DistrictPlan plan, CancellationToken cancellationToken)
    {
        foreach (var phase in plan.Phases)
        {
            Outcome.InProgress? soonest = null;
            foreach (var stack in phase.GroupBy(StackSteps.StackOf))
            {
                switch (await TakeAsync(run, session, stack, cancellationToken))
                {
                    case null:
                        break;
                    case Outcome.InProgress busy:
                        soonest = soonest is null || busy.After < soonest.After ? busy : soonest;
                        break;
                    case var ended:
                        return ended;
                }
            }

            if (soonest is not null)
            {
                return soonest;
            }
        }

        // CloudFormation found nothing to do in any of them: they are as wanted, whatever they look like from here.
        return new Outcome.Converged(run.Progress.Wrote);
    }

    /// <returns>Null: the stack's steps are done.</returns>
    private async Task<Outcome?> TakeAsync(ActiveRun run, AwsSession session, IEnumerable<PlanStep> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            if (await stacks.TakeAsync(run, session, step, cancellationToken) is { } outcome)
            {
                return outcome;
            }
        }

        return null;
    }
}
