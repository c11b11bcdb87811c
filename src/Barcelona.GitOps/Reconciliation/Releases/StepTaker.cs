using System.Collections.Immutable;
using System.Globalization;
using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.BeforeDeploy;
using Barcelona.GitOps.Reconciliation.Running;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>
/// Takes a release's steps in order until one needs time: task definitions are registered on the way, and the app stack gets their ARNs.
/// </summary>
public sealed class StepTaker(StackStarter stacks, EcsConverger ecs, BeforeDeployRunner beforeDeploy)
{
    /// <returns>Null: nothing needed time.</returns>
    public async Task<Outcome?> TakeAsync(
        ActiveRun run, PlannedRelease release, ObservedState observed, Plan plan, CancellationToken cancellationToken)
    {
        var revisions = AtHand(release.Desired, observed);
        foreach (var step in plan.Steps)
        {
            if (step is PlanStep.RegisterTaskDefinition register)
            {
                switch (await RegisterAsync(run, release, observed, register.TaskDefinition, cancellationToken))
                {
                    case Registration.Registered(var arn):
                        revisions[register.TaskDefinition.Name] = arn;
                        continue;
                    case Registration.Busy(var reason):
                        return run.Waiting(reason);
                    case Registration.Refused(var reason):
                        return new Outcome.Failed($"ECS refuses the task definition of {register.TaskDefinition.Name}: {reason}");
                    case var other:
                        throw new InvalidOperationException($"An outcome of a registration that nobody knows: {other.GetType().Name}.");
                }
            }

            if (!run.Progress.Revisions.SequenceEqual(revisions.ToImmutableSortedDictionary()))
            {
                await run.UpdateAsync(run.Progress with { Revisions = revisions.ToImmutableSortedDictionary() }, cancellationToken);
            }

            if (ChangesApp(step, release) && await beforeDeploy.BeginAsync(run, release, revisions, cancellationToken) is { } first)
            {
                return first;
            }

            if (await stacks.TakeAsync(run, release.Wanted.Session, Complete(step, release, observed, revisions), cancellationToken) is { } outcome)
            {
                return outcome;
            }
        }

        return null;
    }

    private static Dictionary<string, string> AtHand(DesiredState desired, ObservedState observed) => desired.TaskDefinitions
        .Select(t => (t.Name, Found: Planner.AtHand(t, observed)))
        .Where(t => t.Found is not null)
        .ToDictionary(t => t.Name, t => t.Found?.Arn ?? "");

    private static bool ChangesApp(PlanStep step, PlannedRelease release) =>
        StackSteps.IsWrite(step) && StackSteps.StackOf(step) == release.Desired.AppStack.Name;

    /// <summary>The app stack gets what is only known now: the revisions, the heritage's roles, and which release it is.</summary>
    private static PlanStep Complete(PlanStep step, PlannedRelease release, ObservedState observed, Dictionary<string, string> revisions) => step switch
    {
        PlanStep.CreateStack { Stack: var s } when s.Name == release.Desired.AppStack.Name =>
            new PlanStep.CreateStack(Final(release, observed, revisions)),
        PlanStep.UpdateStack { Stack: var s } when s.Name == release.Desired.AppStack.Name =>
            new PlanStep.UpdateStack(Final(release, observed, revisions)),
        _ => step,
    };

    private static StackSpec Final(PlannedRelease release, ObservedState observed, Dictionary<string, string> revisions) =>
        release.Desired.AppStackWith(
            revisions,
            observed.HeritageStack?.Outputs ?? ImmutableSortedDictionary<string, string>.Empty,
            release.Number.ToString(CultureInfo.InvariantCulture));

    private async Task<Registration> RegisterAsync(
        ActiveRun run, PlannedRelease release, ObservedState observed, TaskDefinitionSpec spec, CancellationToken cancellationToken)
    {
        var outputs = observed.HeritageStack?.Outputs;
        var roles = new TaskRoles(outputs?.GetValueOrDefault(StackKeys.TaskRoleOutput), outputs?.GetValueOrDefault(StackKeys.ExecutionRoleOutput));
        if (await ecs.FindAsync(release.Wanted.Session, spec, roles, cancellationToken) is { } equal)
        {
            return new Registration.Registered(equal);
        }

        // ECS takes no token: there would be two revisions.
        await run.HoldAsync(cancellationToken);
        var registration = await ecs.RegisterAsync(release.Wanted.Session, spec, roles, cancellationToken);
        if (registration is Registration.Registered(var arn))
        {
            await run.WroteAsync($"task definition {arn[(arn.LastIndexOf('/') + 1)..]} registered", cancellationToken);
        }

        return registration;
    }
}
