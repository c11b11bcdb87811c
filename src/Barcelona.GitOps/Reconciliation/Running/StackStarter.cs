using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <summary>
/// Takes one step of a plan that concerns a stack. Before an operation starts it is written down with its token, so that whoever comes after
/// a crash knows what may have begun.
/// </summary>
public sealed class StackStarter(StackConverger stacks, StackReader reader, StuckStacks stuck, TimeProvider clock)
{
    /// <summary>
    /// A stack is made or changed in one operation or two, after one that takes a protection off. Whoever begins more goes in circles.
    /// </summary>
    private const int MaxOperations = 6;

    /// <summary>A reading of a moment ago may still be of the stack before.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <returns>Null: it took no time, go on with the next step.</returns>
    public async Task<Outcome?> TakeAsync(ActiveRun run, AwsSession session, PlanStep step, CancellationToken cancellationToken) => step switch
    {
        PlanStep.Wait wait => run.Waiting(wait.Stack, wait.Status),
        PlanStep.Later later => run.Waiting($"{later.Stack} comes after {later.After}"),
        PlanStep.AskPerson ask => await stuck.AskAsync(session, (ask.Stack, ask.Status), known: null, cancellationToken),
        PlanStep.ContinueRollback { Stack: var name } when run.Progress.OperationOn(name) is { Continued: true } =>
            await stuck.AskAsync(session, (name, StackStatus.UpdateRollbackFailed), run.Progress.Failing?.Failed(), cancellationToken),
        _ => await StartAsync(run, session, StackStep.Of(step), cancellationToken),
    };

    private async Task<Outcome?> StartAsync(ActiveRun run, AwsSession session, StackStep step, CancellationToken cancellationToken)
    {
        var token = Token(run, step);
        var known = run.Progress.OperationOn(step.Stack);
        if (known is { BegunAt: { } begun, Sent: { } sent } && step.Parameters is not null
            && (known.Token == token || known.Begun >= MaxOperations))
        {
            return clock.GetUtcNow() - begun < Grace
                ? run.Waiting($"{step.Stack} is not as it was asked to be")
                : await GoesInCirclesAsync(session, step.Stack, sent, cancellationToken);
        }

        var continued = step.Step is PlanStep.ContinueRollback || known is { Continued: true };
        var operation = new StackOperation(token, continued) { Begun = known?.Begun ?? 0, Sent = step.Parameters };
        await run.UpdateAsync(
            run.Progress.With(step.Stack, operation) with { Place = run.Progress.Place ?? AwsPlace.Of(session.District) }, cancellationToken);
        switch (await stacks.StartAsync(session, step.Step, token, cancellationToken))
        {
            case StepOutcome.Started:
                await run.UpdateAsync(
                    run.Progress.With(step.Stack, operation with { BegunAt = clock.GetUtcNow(), Begun = operation.Begun + 1 }), cancellationToken);
                await run.WroteAsync($"stack {step.Stack}: {step.Verb}", cancellationToken);
                return new Outcome.InProgress(Patience.WhileWorking(0), $"{step.Stack}: {step.Verb}");
            case StepOutcome.NothingToDo:
                return null;
            case StepOutcome.Busy(var reason):
                return run.Waiting(reason);
            case StepOutcome.Refused(var reason):
                return new Outcome.Failed($"CloudFormation refuses to {step.Verb} stack {step.Stack}: {reason}");
            case var other:
                throw new InvalidOperationException($"An outcome of a stack operation that nobody knows: {other.GetType().Name}.");
        }
    }

    /// <summary>AWS did what this run asked for, and what it says now asks for the same again.</summary>
    private async Task<Outcome> GoesInCirclesAsync(
        AwsSession session, StackName stack, ImmutableSortedDictionary<string, string> sent, CancellationToken cancellationToken)
    {
        var read = (await reader.FindAsync(session, stack, cancellationToken))?.Parameters ?? ImmutableSortedDictionary<string, string>.Empty;
        string[] values = [.. sent
            .Where(p => read.GetValueOrDefault(p.Key) != p.Value)
            .Select(p => $"{p.Key} was given as '{p.Value}' and reads '{read.GetValueOrDefault(p.Key)}'")];
        return new Outcome.Failed(
            $"Stack {stack} was made as asked, and is not so: somebody else changes it, or AWS keeps a value in another form.", [.. values]);
    }

    // The same for the same run, stack, kind of step and content: a call repeated after a lost answer starts nothing twice, and a
    // second update, because the district's file changed on the way, is not taken for the first.
    private static string Token(ActiveRun run, StackStep step) =>
        "bcn-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{run.Row.Id} {step.Stack} {step.Verb} {step.Content}")))[..32];

    private sealed record StackStep(PlanStep Step, StackName Stack, string Verb)
    {
        public ImmutableSortedDictionary<string, string>? Parameters => Step switch
        {
            PlanStep.CreateStack s => s.Stack.Parameters,
            PlanStep.UpdateStack s => s.Stack.Parameters,
            _ => null,
        };

        public string Content => Parameters?.GetValueOrDefault(StackKeys.FingerprintParameter) ?? "";

        public static StackStep Of(PlanStep step) => step switch
        {
            PlanStep.CreateStack s => new(step, s.Stack.Name, "create"),
            PlanStep.UpdateStack s => new(step, s.Stack.Name, "update"),
            PlanStep.DeleteFailedStack s => new(step, s.Stack, "delete what failed"),
            PlanStep.ContinueRollback s => new(step, s.Stack, "continue the roll-back"),
            PlanStep.Unprotect s => new(step, s.Stack, "take the protection off"),
            PlanStep.DeleteStack s => new(step, s.Stack, "delete"),
            _ => throw new InvalidOperationException($"A step without a hand: {step.GetType().Name}."),
        };
    }
}
