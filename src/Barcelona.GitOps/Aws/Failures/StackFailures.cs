using System.Collections.Immutable;
using Amazon.CloudFormation.Model;
using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>The failed resources of one stack operation, found by its token.</summary>
internal static class StackFailures
{
    // A hundred events each. A release with its rollback has some ten per resource.
    private const int MaxPages = 10;

    public static async Task<ImmutableArray<FailedResource>> ReadAsync(
        AwsSession session, string stackId, string token, CancellationToken cancellationToken)
    {
        List<FailedResource> newestFirst = [];
        var request = new DescribeStackEventsRequest { StackName = stackId };
        for (var page = 0; page < MaxPages; page++)
        {
            var response = await session.CloudFormation.DescribeStackEventsAsync(request, cancellationToken).Translated(cancellationToken);
            var events = response.StackEvents ?? [];
            var ours = events.Where(e => e.ClientRequestToken == token).ToList();
            newestFirst.AddRange(ours.Where(IsFailure).Select(e => new FailedResource(
                e.LogicalResourceId, e.ResourceType, e.ResourceStatus.Value, e.ResourceStatusReason ?? "")));

            // Newest first: an older operation after ours means that ours is read. A newer one before it does not.
            var isPastOurs = (ours.Count > 0 || newestFirst.Count > 0) && events is [.., var last] && last.ClientRequestToken != token;
            request.NextToken = response.NextToken;
            if (isPastOurs || string.IsNullOrEmpty(request.NextToken))
            {
                break;
            }
        }

        newestFirst.Reverse();
        return [.. newestFirst];
    }

    private static bool IsFailure(StackEvent e) =>
        e.ResourceStatus?.Value.EndsWith("_FAILED", StringComparison.Ordinal) == true
        && e.ResourceStatusReason?.EndsWith("cancelled", StringComparison.OrdinalIgnoreCase) != true;
}
