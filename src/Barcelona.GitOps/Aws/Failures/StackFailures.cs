using System.Collections.Immutable;
using Amazon.CloudFormation.Model;
using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>The events of one stack operation, found by its token.</summary>
internal static class StackFailures
{
    // A hundred events each. A release with its rollback has some ten per resource.
    private const int MaxPages = 10;

    public static async Task<OperationEvents> ReadAsync(
        AwsSession session, string stackId, string token, CancellationToken cancellationToken)
    {
        List<StackEvent> newestFirst = [];
        var isPast = false;
        var request = new DescribeStackEventsRequest { StackName = stackId };
        for (var page = 0; page < MaxPages && !isPast; page++)
        {
            var response = await session.CloudFormation.DescribeStackEventsAsync(request, cancellationToken).Translated(cancellationToken);
            var events = response.StackEvents ?? [];
            newestFirst.AddRange(events.Where(e => e.ClientRequestToken == token));

            // Newest first: an older operation after ours means that ours is read. A newer one before it does not.
            request.NextToken = response.NextToken;
            isPast = string.IsNullOrEmpty(request.NextToken)
                || (newestFirst.Count > 0 && events is [.., var last] && last.ClientRequestToken != token);
        }

        newestFirst.Reverse();
        return new([.. newestFirst.Where(IsFailure).Select(Fact)], isPast ? newestFirst.FirstOrDefault()?.Timestamp : null);
    }

    private static FailedResource Fact(StackEvent e) =>
        new(e.LogicalResourceId, e.ResourceType, e.ResourceStatus.Value, e.ResourceStatusReason ?? "");

    private static bool IsFailure(StackEvent e) =>
        e.ResourceStatus?.Value.EndsWith("_FAILED", StringComparison.Ordinal) == true
        && e.ResourceStatusReason?.EndsWith("cancelled", StringComparison.OrdinalIgnoreCase) != true;
}
