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

    // ECS has no code of its own for this one, and it passes: https://github.com/hashicorp/terraform-provider-aws/issues/9777
    private const string TooManyAtOnce = "Too many concurrent attempts to create a new revision";

    /// <param name="roles">What takes the place of the content's placeholders.</param>
    /// <returns>The ARN of an equal revision; null: there is none, register it.</returns>
    public Task<string?> FindAsync(AwsSession session, TaskDefinitionSpec spec, TaskRoles roles, CancellationToken cancellationToken) =>
        FindEqualAsync(session, spec, TaskDefinitionContent.ToRequest(spec.Content, roles), cancellationToken);

    /// <summary>Makes a revision, whether or not there is an equal one.</summary>
    public async Task<Registration> RegisterAsync(AwsSession session, TaskDefinitionSpec spec, TaskRoles roles, CancellationToken cancellationToken)
    {
        var request = TaskDefinitionContent.ToRequest(spec.Content, roles);
        request.Tags =
        [
            .. (request.Tags ?? []).Where(t => t.Key != TaskDefinitionSpec.ContentTag && !spec.Tags.ContainsKey(t.Key)),
            .. spec.Tags.Select(t => new Tag { Key = t.Key, Value = t.Value }),
            new Tag { Key = TaskDefinitionSpec.ContentTag, Value = spec.ContentHash },
        ];
        try
        {
            var response = await session.EcsOnce.RegisterTaskDefinitionAsync(request, cancellationToken).Translated(cancellationToken);
            return new Registration.Registered(response.TaskDefinition.TaskDefinitionArn);
        }
        catch (AmazonECSException e) when (e is ClientException or InvalidParameterException)
        {
            return e.Message.Contains(TooManyAtOnce, StringComparison.Ordinal)
                ? new Registration.Busy(e.Message)
                : new Registration.Refused(e.Message);
        }
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
