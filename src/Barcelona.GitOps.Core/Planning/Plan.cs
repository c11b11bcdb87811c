using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>What differs between desired and observed, and the steps that close the gap. Data: printable, serialisable, never half-applied.</summary>
public sealed record Plan
{
    /// <summary>What it is about: a target, or a district.</summary>
    public required string Subject { get; init; }

    public required ImmutableArray<ResourceChange> Changes { get; init; }

    /// <summary>In the order they are taken; the first that cannot finish at once ends the pass.</summary>
    public required ImmutableArray<PlanStep> Steps { get; init; }

    /// <summary>What it means beyond the resources, as sentences: a new address, instances that are rolled, what stays.</summary>
    public ImmutableArray<string> Consequences { get; init; } = [];

    /// <summary>Nothing to write: an empty plan makes no call that changes anything.</summary>
    public bool IsEmpty => Steps.IsEmpty;
}

public enum ChangeKind { Created, Changed, Replaced, Deleted, Unchanged }

/// <summary>A resource, in a stack or a task-definition family, and what happens to it.</summary>
/// <param name="Where">The stack's name, or <c>task definition</c>.</param>
/// <param name="LogicalId">The id in the template, or the family.</param>
public sealed record ResourceChange(ChangeKind Kind, string Where, string LogicalId, string Type, ImmutableArray<PropertyChange> Properties);

/// <summary>
/// A property by its path, <c>ContainerDefinitions[0].Image</c>; null: absent. Values of secrets never get this far: templates hold references.
/// </summary>
public sealed record PropertyChange(string Path, string? Old, string? New);

/// <summary>One thing to do.</summary>
public abstract record PlanStep
{
    private PlanStep() { }

    /// <summary>CloudFormation is still at work on the stack: nothing can start.</summary>
    public sealed record Wait(StackName Stack, StackStatus Status) : PlanStep;

    /// <summary>Delete a stack whose creation failed.</summary>
    public sealed record DeleteFailedStack(StackName Stack, string StackId, StackStatus Status) : PlanStep;

    public sealed record ContinueRollback(StackName Stack) : PlanStep;

    /// <param name="Stack">For an app stack without what is known at apply: see <see cref="DesiredState.AppStackWith"/>.</param>
    public sealed record CreateStack(StackSpec Stack) : PlanStep;

    /// <inheritdoc cref="CreateStack"/>
    public sealed record UpdateStack(StackSpec Stack) : PlanStep
    {
        /// <summary>Parameters that this sets because what was made before stands now; empty: it is the change itself.</summary>
        public ImmutableArray<string> Late { get; init; } = [];
    }

    /// <summary>A stack that cannot be written down yet, because it is made from outputs of one that comes before it.</summary>
    public sealed record Later(StackName Stack, StackName After) : PlanStep;

    /// <summary>Take deletion protection off what is in a stack, so that it can go. Nothing else of it changes.</summary>
    /// <param name="Parameters">Those that it has, by name.</param>
    public sealed record Unprotect(StackName Stack, ImmutableArray<string> Parameters) : PlanStep;

    /// <summary>Delete a stack that is no longer wanted.</summary>
    public sealed record DeleteStack(StackName Stack, string StackId) : PlanStep;

    public sealed record RegisterTaskDefinition(TaskDefinitionSpec TaskDefinition) : PlanStep;

    /// <summary>Nothing can start before somebody has acted.</summary>
    /// <param name="What">What there is to do, as a sentence.</param>
    public sealed record AskPerson(StackName Stack, StackStatus Status, string What) : PlanStep;
}
