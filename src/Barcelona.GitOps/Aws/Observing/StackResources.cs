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
        var request = new ListStackResourcesRequest { StackName = stack.Id };
        try
        {
            do
            {
                var response = await session.CloudFormation.ListStackResourcesAsync(request, cancellationToken).Translated(cancellationToken);
                foreach (var resource in (response.StackResourceSummaries ?? [])
                    .Where(r => r.ResourceType == type && r.PhysicalResourceId is { Length: > 0 }))
                {
                    found[resource.LogicalResourceId] = resource.PhysicalResourceId;
                }

                request.NextToken = response.NextToken;
            }
            while (!string.IsNullOrEmpty(request.NextToken));
        }
        catch (AmazonCloudFormationException e) when (e.IsValidationError() && e.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return [];
        }

        return found;
    }
}
