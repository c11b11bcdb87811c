using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Aws.Observing;

/// <summary>
/// What AWS has for a target. In two steps, because an equal fingerprint ends the pass after the first: two calls.
/// The second costs one call per stack and one per family, two where the newest revision is not the one in use.
/// </summary>
public sealed class AwsStateReader(StackReader stacks, TaskDefinitionReader taskDefinitions)
{
    /// <summary>Both steps.</summary>
    public async Task<ObservedState> ReadAsync(
        AwsSession session, DeployTarget target, IReadOnlyCollection<string> families, CancellationToken cancellationToken) =>
        await ReadDetailsAsync(session, await ReadStacksAsync(session, target, cancellationToken), families, cancellationToken);

    /// <summary>The stacks with parameters, outputs and tags, without their templates.</summary>
    public async Task<ObservedState> ReadStacksAsync(AwsSession session, DeployTarget target, CancellationToken cancellationToken)
    {
        var heritage = stacks.FindAsync(session, StackName.Heritage(target.District, target.Heritage), cancellationToken);
        var app = stacks.FindAsync(session, StackName.App(target.District, target.Heritage), cancellationToken);
        await Task.WhenAll(heritage, app);
        return new ObservedState { HeritageStack = await heritage, AppStack = await app };
    }

    /// <summary>Adds what a comparison needs: templates and task definitions.</summary>
    public async Task<ObservedState> ReadDetailsAsync(
        AwsSession session, ObservedState observed, IReadOnlyCollection<string> families, CancellationToken cancellationToken)
    {
        var roles = new TaskRoles(RoleOf(observed, StackKeys.TaskRoleOutput), RoleOf(observed, StackKeys.ExecutionRoleOutput));
        HashSet<string> inUse = observed.AppStack is { } inPlace ? [.. inPlace.Parameters.Values] : [];
        var found = ImmutableArray.CreateBuilder<ObservedTaskDefinition>();
        foreach (var family in families.Order(StringComparer.Ordinal))
        {
            found.AddRange(await taskDefinitions.ReadAsync(session, new FamilyQuery(family, roles, inUse), cancellationToken));
        }

        return observed with
        {
            HeritageStack = observed.HeritageStack is { } heritage ? await stacks.WithTemplateAsync(session, heritage, cancellationToken) : null,
            AppStack = observed.AppStack is { } app ? await stacks.WithTemplateAsync(session, app, cancellationToken) : null,
            TaskDefinitions = found.ToImmutable(),
        };
    }

    private static string? RoleOf(ObservedState observed, string output) => observed.HeritageStack?.Outputs.GetValueOrDefault(output);
}
