using System.Collections.Immutable;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>What a release should look like in AWS.</summary>
public sealed record DesiredState
{
    public required DeployTarget Target { get; init; }

    /// <summary>Log group and roles: exists before the first task runs.</summary>
    public required StackSpec HeritageStack { get; init; }

    /// <summary>By service.</summary>
    public required ImmutableArray<TaskDefinitionSpec> TaskDefinitions { get; init; }

    /// <summary>
    /// Services, target groups and rules. Its parameters lack the task definitions' ARNs, which are known once registered, and the release:
    /// <see cref="AppStackWith"/> adds them.
    /// </summary>
    public required StackSpec AppStack { get; init; }

    /// <summary>Service name to the logical id of its AWS::ECS::Service in the app stack.</summary>
    public required ImmutableSortedDictionary<string, string> Services { get; init; }

    /// <summary>
    /// SHA-256 over canonical templates, tags, task-definition contents and parameters, without revision ARNs, release, commit and ref.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>The app stack as it is sent.</summary>
    /// <param name="revisionArns">By service: the revision that was registered, or found, for its content.</param>
    /// <param name="release">The release's number or name, as people see it.</param>
    /// <exception cref="KeyNotFoundException">A service has no revision.</exception>
    public StackSpec AppStackWith(IReadOnlyDictionary<string, string> revisionArns, string release) => AppStack with
    {
        Parameters = AppStack.Parameters
            .SetItem(StackKeys.ReleaseParameter, release)
            .SetItems(TaskDefinitions.Select(t => KeyValuePair.Create(t.ParameterName, revisionArns[t.Service]))),
    };
}
