using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Aws.Observing;

/// <summary>What a stack has made, as CloudFormation itself remembers it.</summary>
internal static class StackResources
{
    /// <returns>Logical to physical id, of those that exist; nothing when the stack is gone.</returns>
    public static async Task<Dictionary<string, string>> OfTypeAsync(
        AwsSession session, ObservedStack stack, string type, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var resource in (await ListAsync(session, stack.Id, cancellationToken))
                .Where(r => r.ResourceType == type && r.PhysicalResourceId is { Length: > 0 }))
            {
                found[resource.LogicalResourceId] = resource.PhysicalResourceId;
            }
        }
        catch (AmazonCloudFormationException e) when (e.IsValidationError() && e.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return [];
        }

        return found;
    }

    /// <param name="stack">Name or ARN.</param>
    /// <returns>All, in whatever status.</returns>
    public static async Task<List<StackResourceSummary>> ListAsync(AwsSession session, string stack, CancellationToken cancellationToken)
    {
        List<StackResourceSummary> found = [];
        var request = new ListStackResourcesRequest { StackName = stack };
        do
        {
            var response = await session.CloudFormation.ListStackResourcesAsync(request, cancellationToken).Translated(cancellationToken);
            found.AddRange(response.StackResourceSummaries ?? []);
            request.NextToken = response.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));

        return found;
    }
}
