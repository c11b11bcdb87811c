using System.Collections.Immutable;
using Amazon.Runtime;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>The resources that a stack is stuck at, as it says itself.</summary>
public sealed class StuckResources
{
    /// <returns>Nothing also when it cannot be read: what is to be done does not hang on it.</returns>
    public async Task<ImmutableArray<FailedResource>> ReadAsync(AwsSession session, StackName stack, CancellationToken cancellationToken)
    {
        try
        {
            return
            [
                .. (await StackResources.ListAsync(session, stack.Value, cancellationToken))
                    .Where(r => r.ResourceStatus?.Value.EndsWith("_FAILED", StringComparison.Ordinal) == true)
                    .Select(r => new FailedResource(r.LogicalResourceId, r.ResourceType, r.ResourceStatus.Value, r.ResourceStatusReason ?? "")),
            ];
        }
        catch (Exception e) when (e is AmazonServiceException or AwsUnavailableException or AwsDeniedException)
        {
            return [];
        }
    }
}
