using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>What AWS has for a target, as read by name.</summary>
public sealed record ObservedState
{
    /// <summary>Null: there is none.</summary>
    public ObservedStack? HeritageStack { get; init; }

    /// <summary>Null: there is none.</summary>
    public ObservedStack? AppStack { get; init; }

    /// <summary>By family: the newest active revision, and the one the app stack uses if that is another.</summary>
    public ImmutableArray<ObservedTaskDefinition> TaskDefinitions { get; init; } = [];
}

/// <summary>A stack as CloudFormation describes it.</summary>
public sealed record ObservedStack
{
    public required StackName Name { get; init; }

    /// <summary>The ARN: a deleted stack is found by nothing else.</summary>
    public required string Id { get; init; }

    public required StackStatus Status { get; init; }

    public string StatusReason { get; init; } = "";

    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>As given at the last create or update. Null when it was not read.</summary>
    public string? TemplateBody { get; init; }
}

/// <summary>A registered revision.</summary>
/// <param name="Content">
/// In the form of <c>TaskDefinitionSpec.Content</c>, placeholders in place of its roles; null when it was not ours to read.
/// </param>
/// <param name="ContentHash">The tag <c>barcelona:content</c>; empty when absent.</param>
public sealed record ObservedTaskDefinition(
    string Family, string Arn, string ContentHash, string? TaskRoleArn, string? ExecutionRoleArn, string? Content)
{
    /// <summary>False: somebody has deregistered it. What runs with it goes on, and ECS gives it to no service any more.</summary>
    public bool IsActive { get; init; } = true;
}
