using System.Collections.Immutable;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>The resources that a stack is stuck at, as it says itself.</summary>
public sealed class StuckResources
{
    /// <returns>Nothing also when it cannot be read: what is to be done does not hang on it.</returns>
    public async Task<ImmutableArray<FailedResource>> ReadAsync(AwsSession session, StackName stack, CancellationToken cancellationToken)
    {
        List<FailedResource> failed = [];
        var request = new ListStackResourcesRequest { StackName = stack.Value };
        try
        {
            do
            {
                var response = await session.CloudFormation.ListStackResourcesAsync(request, cancellationToken).Translated(cancellationToken);
                failed.AddRange((response.StackResourceSummaries ?? [])
                    .Where(r => r.ResourceStatus?.Value.EndsWith("_FAILED", StringComparison.Ordinal) == true)
                    .Select(r => new FailedResource(r.LogicalResourceId, r.ResourceType, r.ResourceStatus.Value, r.ResourceStatusReason ?? "")));
                request.NextToken = response.NextToken;
            }
            while (!string.IsNullOrEmpty(request.NextToken));
        }
        catch (Exception e) when (e is AmazonServiceException or AwsUnavailableException or AwsDeniedException)
        {
            return [];
        }

        return [.. failed];
    }
}
