using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>
/// Takes a plan's steps in order until one needs time. Before a stack operation starts it is written down with its token,
/// so that whoever comes after a crash knows what may have begun.
/// </summary>
public sealed class StepTaker(StackConverger stacks, EcsConverger ecs)
{
    public async Task<Outcome> TakeAsync(ActiveRun run, PlannedRelease release, ObservedState observed, Plan plan, CancellationToken cancellationToken)
    {
        var revisions = AtHand(release.Desired, observed);
        foreach (var step in plan.Steps)
        {
            switch (step)
            {
                case PlanStep.Wait wait:
                    return Waiting(run, $"{wait.Stack} is {wait.Status}");
                case PlanStep.AskPerson ask:
                    return new Outcome.Failed($"Stack {ask.Stack} is {ask.Status}. {ask.What}");
                case PlanStep.ContinueRollback { Stack: var name } when run.Progress.Operations.GetValueOrDefault(name.Value) is { Continued: true }:
                    return new Outcome.Failed($"Stack {name} could not be rolled back, again. {StackStatusTable.MoveFor(StackStatus.UpdateRollbackFailed).What}");
                case PlanStep.RegisterTaskDefinition register:
                    switch (await RegisterAsync(run, release, observed, register.TaskDefinition, cancellationToken))
                    {
                        case Registration.Registered(var arn):
                            revisions[register.TaskDefinition.Service] = arn;
                            break;
                        case Registration.Busy(var reason):
                            return Waiting(run, reason);
                        case Registration.Refused(var reason):
                            return new Outcome.Failed($"ECS refuses the task definition of {register.TaskDefinition.Service}: {reason}");
                        case var other:
                            throw new InvalidOperationException($"An outcome of a registration that nobody knows: {other.GetType().Name}.");
                    }

                    break;
                default:
                    if (!run.Progress.Revisions.SequenceEqual(revisions.ToImmutableSortedDictionary()))
                    {
                        await run.UpdateAsync(run.Progress with { Revisions = revisions.ToImmutableSortedDictionary() }, cancellationToken);
                    }

                    if (await StartAsync(run, release, StackStep.Of(step, Complete(step, release, revisions)), cancellationToken) is { } outcome)
                    {
                        return outcome;
                    }

                    break;
            }
        }

        // Nothing needed time after all: the next pass judges.
        return new Outcome.InProgress(TimeSpan.Zero, "checking");
    }

    private static Outcome.InProgress Waiting(ActiveRun run, string what) => new(Patience.WhileWorking(run.Progress.Looks), what);

    private static Dictionary<string, string> AtHand(DesiredState desired, ObservedState observed) => desired.TaskDefinitions
        .Select(t => (t.Service, Found: Planner.AtHand(t, observed)))
        .Where(t => t.Found is not null)
        .ToDictionary(t => t.Service, t => t.Found?.Arn ?? "");

    /// <summary>The app stack gets what is only known now: the revisions, and which release it is.</summary>
    private static PlanStep Complete(PlanStep step, PlannedRelease release, Dictionary<string, string> revisions) => step switch
    {
        PlanStep.CreateStack { Stack: var s } when s.Name == release.Desired.AppStack.Name => new PlanStep.CreateStack(Final(release, revisions)),
        PlanStep.UpdateStack { Stack: var s } when s.Name == release.Desired.AppStack.Name => new PlanStep.UpdateStack(Final(release, revisions)),
        _ => step,
    };

    private static StackSpec Final(PlannedRelease release, Dictionary<string, string> revisions) =>
        release.Desired.AppStackWith(revisions, release.Inputs.Ref.IsTag ? release.Inputs.Ref.ShortName : release.Inputs.Commit.Abbreviated);

    private async Task<Registration> RegisterAsync(
        ActiveRun run, PlannedRelease release, ObservedState observed, TaskDefinitionSpec spec, CancellationToken cancellationToken)
    {
        var outputs = observed.HeritageStack?.Outputs;
        var roles = new TaskRoles(outputs?.GetValueOrDefault(StackKeys.TaskRoleOutput), outputs?.GetValueOrDefault(StackKeys.ExecutionRoleOutput));
        if (await ecs.FindAsync(release.Wanted.Session, spec, roles, cancellationToken) is { } equal)
        {
            return new Registration.Registered(equal);
        }

        // ECS takes no token: a worker that has lost its lease stops here, or there would be two revisions.
        await run.UpdateAsync(run.Progress, cancellationToken);
        var registration = await ecs.RegisterAsync(release.Wanted.Session, spec, roles, cancellationToken);
        if (registration is Registration.Registered(var arn))
        {
            await run.WroteAsync($"task definition {arn[(arn.LastIndexOf('/') + 1)..]} registered", cancellationToken);
        }

        return registration;
    }

    /// <returns>Null: go on with the next step.</returns>
    private async Task<Outcome?> StartAsync(ActiveRun run, PlannedRelease release, StackStep step, CancellationToken cancellationToken)
    {
        var token = Token(run, step);
        var known = run.Progress.Operations.GetValueOrDefault(step.Stack.Value);
        var continued = step.Step is PlanStep.ContinueRollback || known is { Continued: true };
        await run.UpdateAsync(run.Progress.With(step.Stack, new(token, continued)), cancellationToken);
        switch (await stacks.StartAsync(release.Wanted.Session, step.Step, token, cancellationToken))
        {
            case StepOutcome.Started:
                await run.WroteAsync($"stack {step.Stack}: {step.Verb}", cancellationToken);
                return new Outcome.InProgress(Patience.WhileWorking(0), $"{step.Stack}: {step.Verb}");
            case StepOutcome.NothingToDo:
                return null;
            case StepOutcome.Busy(var reason):
                return Waiting(run, reason);
            case StepOutcome.Refused(var reason):
                return new Outcome.Failed($"CloudFormation refuses to {step.Verb} stack {step.Stack}: {reason}");
            case var other:
                throw new InvalidOperationException($"An outcome of a stack operation that nobody knows: {other.GetType().Name}.");
        }
    }

    // The same for the same run, stack, kind of step and content: a call repeated after a lost answer starts nothing twice, and a
    // second update, because the district's file changed on the way, is not taken for the first.
    private static string Token(ActiveRun run, StackStep step) =>
        "bcn-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{run.Row.Id} {step.Stack} {step.Verb} {step.Content}")))[..32];

    private sealed record StackStep(PlanStep Step, StackName Stack, string Verb)
    {
        public string Content => (Step switch
        {
            PlanStep.CreateStack s => s.Stack,
            PlanStep.UpdateStack s => s.Stack,
            _ => null,
        })?.Parameters.GetValueOrDefault(StackKeys.FingerprintParameter) ?? "";

        public static StackStep Of(PlanStep original, PlanStep complete) => original switch
        {
            PlanStep.CreateStack s => new(complete, s.Stack.Name, "create"),
            PlanStep.UpdateStack s => new(complete, s.Stack.Name, "update"),
            PlanStep.DeleteFailedStack s => new(complete, s.Stack, "delete what failed"),
            PlanStep.ContinueRollback s => new(complete, s.Stack, "continue the roll-back"),
            _ => throw new InvalidOperationException($"A step without a hand: {original.GetType().Name}."),
        };
    }
}
