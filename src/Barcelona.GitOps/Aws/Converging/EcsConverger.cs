using Amazon.ECS;
using Amazon.ECS.Model;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Aws.Converging;

/// <summary>
/// Registers task definitions. ECS takes no client token for it, so equal revisions are looked for first and the write is tried once:
/// killed after it, or its answer lost, the next pass finds the revision and makes no second one.
/// </summary>
public sealed class EcsConverger(TaskDefinitionReader reader)
{
    // Far enough back that returning to the last releases reuses their revisions; a describe each.
    private const int OlderRevisions = 4;

    /// <param name="roles">What takes the place of the content's placeholders.</param>
    /// <returns>The revision's ARN.</returns>
    public async Task<string> EnsureTaskDefinitionAsync(
        AwsSession session, TaskDefinitionSpec spec, TaskRoles roles, CancellationToken cancellationToken)
    {
        var request = TaskDefinitionContent.ToRequest(spec.Content, roles);
        if (await FindEqualAsync(session, spec, request, cancellationToken) is { } arn)
        {
            return arn;
        }

        request.Tags =
        [
            .. (request.Tags ?? []).Where(t => t.Key != TaskDefinitionSpec.ContentTag),
            new Tag { Key = TaskDefinitionSpec.ContentTag, Value = spec.ContentHash },
        ];
        var response = await session.EcsOnce.RegisterTaskDefinitionAsync(request, cancellationToken).Translated(cancellationToken);
        return response.TaskDefinition.TaskDefinitionArn;
    }

    private async Task<string?> FindEqualAsync(
        AwsSession session, TaskDefinitionSpec spec, RegisterTaskDefinitionRequest request, CancellationToken cancellationToken)
    {
        var roles = new TaskRoles(request.TaskRoleArn, request.ExecutionRoleArn);
        if (await reader.FindAsync(session, spec.Family, roles, cancellationToken) is not { } newest)
        {
            return null;
        }

        if (IsEqual(newest))
        {
            return newest.Arn;
        }

        var list = new ListTaskDefinitionsRequest
        {
            FamilyPrefix = spec.Family,
            Sort = SortOrder.DESC,
            Status = TaskDefinitionStatus.ACTIVE,
            MaxResults = OlderRevisions + 1,
        };
        var revisions = await session.Ecs.ListTaskDefinitionsAsync(list, cancellationToken).Translated(cancellationToken);
        foreach (var arn in (revisions.TaskDefinitionArns ?? []).Where(a => a != newest.Arn))
        {
            if (await reader.FindAsync(session, arn, roles, cancellationToken) is { } older && IsEqual(older))
            {
                return older.Arn;
            }
        }

        return null;

        bool IsEqual(ObservedTaskDefinition found) =>
            found.ContentHash == spec.ContentHash
            && (found.TaskRoleArn ?? "") == (request.TaskRoleArn ?? "")
            && (found.ExecutionRoleArn ?? "") == (request.ExecutionRoleArn ?? "");
    }
}
