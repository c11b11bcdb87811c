using System.Collections.Immutable;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>What a release should look like in AWS.</summary>
public sealed record DesiredState
{
    public required DeployTarget Target { get; init; }

    /// <summary>Log group and roles: exists before the first task runs.</summary>
    public required StackSpec HeritageStack { get; init; }

    /// <summary>Of services, of scheduled tasks, and of what runs before them.</summary>
    public required ImmutableArray<TaskDefinitionSpec> TaskDefinitions { get; init; }

    /// <summary>
    /// Services, target groups, rules and schedules. Its parameters lack the task definitions' ARNs, which are known once registered, and the release:
    /// <see cref="AppStackWith"/> adds them.
    /// </summary>
    public required StackSpec AppStack { get; init; }

    /// <summary>
    /// What runs once before the app stack is made or changed. Null: nothing. Its definition is among the others, and no part of the
    /// fingerprint: it is no state, and a change of it alone is nothing to deploy.
    /// </summary>
    public OneOffSpec? BeforeDeploy { get; init; }

    /// <summary>Parameters of the app stack that are outputs of the heritage stack.</summary>
    public ImmutableArray<string> FromHeritage { get; init; } = [];

    /// <summary>Service name to the logical id of its AWS::ECS::Service in the app stack.</summary>
    public required ImmutableSortedDictionary<string, string> Services { get; init; }

    /// <summary>
    /// SHA-256 over canonical templates, tags, task-definition contents and parameters, without revision ARNs, release, commit and ref.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>The app stack as it is sent.</summary>
    /// <param name="revisionArns">By name of what runs: the revision that was registered, or found, for its content.</param>
    /// <param name="heritage">The heritage stack's outputs.</param>
    /// <param name="release">The release's number or name, as people see it.</param>
    /// <exception cref="KeyNotFoundException">Something has no revision, or the heritage not the output.</exception>
    public StackSpec AppStackWith(
        IReadOnlyDictionary<string, string> revisionArns, IReadOnlyDictionary<string, string> heritage, string release) => AppStack with
        {
            Parameters = AppStack.Parameters
                .SetItem(StackKeys.ReleaseParameter, release)
                .SetItems(ParametersWith(t => revisionArns[t.Name]))
                .SetItems(FromHeritage.Select(name => KeyValuePair.Create(name, heritage[name]))),
        };

    /// <summary>The app stack's parameters that take task definitions.</summary>
    internal IEnumerable<KeyValuePair<string, string>> ParametersWith(Func<TaskDefinitionSpec, string> arn)
    {
        foreach (var definition in TaskDefinitions)
        {
            if (definition.ParameterName is { } parameter)
            {
                yield return KeyValuePair.Create(parameter, arn(definition));
            }
        }
    }
}
