using System.Collections.Immutable;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>What a release should look like in AWS.</summary>
public sealed record DesiredState
{
    public required DeployTarget Target { get; init; }

    /// <summary>Log group and roles: exists before the first task runs.</summary>
    public required StackSpec HeritageStack { get; init; }

    public required ImmutableArray<TaskDefinitionSpec> TaskDefinitions { get; init; }

    /// <summary>Services, target groups and rules. Its parameters lack the task definitions' ARNs, which are known once registered.</summary>
    public required StackSpec AppStack { get; init; }

    /// <summary>Service name to the logical id of its AWS::ECS::Service in the app stack.</summary>
    public required ImmutableSortedDictionary<string, string> Services { get; init; }

    /// <summary>SHA-256 over canonical templates, task-definition contents and parameters, without revision ARNs, release and commit.</summary>
    public required string Fingerprint { get; init; }
}
