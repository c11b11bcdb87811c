using Amazon.ECS;
using Amazon.ECS.Model;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Aws.Observing;

/// <summary>The roles of a heritage, as its stack puts them out. Null: there is no such stack yet.</summary>
public sealed record TaskRoles(string? TaskRoleArn, string? ExecutionRoleArn);

/// <param name="Roles">ARNs that are written as placeholders in the content.</param>
/// <param name="InUse">ARNs among which the revision is that the app stack uses.</param>
public sealed record FamilyQuery(string Family, TaskRoles Roles, IReadOnlySet<string> InUse);

/// <summary>Reads registered revisions and gives their content in the form in which the desired ones are written.</summary>
public sealed class TaskDefinitionReader
{
    /// <returns>The newest active revision first, then the one in use if that is another. Empty: the family has none.</returns>
    public async Task<IReadOnlyList<ObservedTaskDefinition>> ReadAsync(AwsSession session, FamilyQuery query, CancellationToken cancellationToken)
    {
        if (await FindAsync(session, query.Family, query.Roles, cancellationToken) is not { } newest)
        {
            return [];
        }

        var prefix = newest.Arn[..(newest.Arn.LastIndexOf(':') + 1)];
        var used = query.InUse.FirstOrDefault(arn => arn.StartsWith(prefix, StringComparison.Ordinal));
        return used is null || used == newest.Arn || await FindAsync(session, used, query.Roles, cancellationToken) is not { } inUse
            ? [newest]
            : [newest, inUse];
    }

    /// <param name="name">A family, for its newest active revision, or the ARN of a revision.</param>
    /// <returns>Null: there is none.</returns>
    public async Task<ObservedTaskDefinition?> FindAsync(AwsSession session, string name, TaskRoles roles, CancellationToken cancellationToken)
    {
        var request = new DescribeTaskDefinitionRequest { TaskDefinition = name, Include = [TaskDefinitionField.TAGS] };
        try
        {
            var response = await session.Ecs.DescribeTaskDefinitionAsync(request, cancellationToken).Translated(cancellationToken);
            return Observed(response, roles);
        }
        catch (ClientException e) when (IsAbsence(e))
        {
            return null;
        }
    }

    // ECS has no error of its own for this. "Unable to describe task definition." is what it says for a family without active revisions.
    private static bool IsAbsence(ClientException e) =>
        e.Message.Contains("Unable to describe task definition", StringComparison.Ordinal)
        || e.Message.Contains("does not exist", StringComparison.Ordinal);

    private static ObservedTaskDefinition Observed(DescribeTaskDefinitionResponse response, TaskRoles roles)
    {
        var definition = response.TaskDefinition;
        var hash = (response.Tags ?? []).FirstOrDefault(t => t.Key == TaskDefinitionSpec.ContentTag)?.Value ?? "";
        return new ObservedTaskDefinition(
            definition.Family,
            definition.TaskDefinitionArn,
            hash,
            definition.TaskRoleArn,
            definition.ExecutionRoleArn,
            TaskDefinitionContent.Of(definition, roles))
        {
            IsActive = definition.Status != TaskDefinitionStatus.INACTIVE && definition.Status != TaskDefinitionStatus.DELETE_IN_PROGRESS,
        };
    }
}
