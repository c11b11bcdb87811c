using Amazon.CloudFormation;
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
        List<StackEvent> newestFirst = [], ofStack = [];
        var isPast = false;
        var request = new DescribeStackEventsRequest { StackName = stackId };
        for (var page = 0; page < MaxPages && !isPast; page++)
        {
            var response = await session.CloudFormation.DescribeStackEventsAsync(request, cancellationToken).Translated(cancellationToken);
            var events = response.StackEvents ?? [];
            newestFirst.AddRange(events.Where(e => e.ClientRequestToken == token));
            ofStack.AddRange(events.Where(e => e.PhysicalResourceId == e.StackId));

            // Newest first: an older operation after ours means that ours is read. A newer one before it does not.
            request.NextToken = response.NextToken;
            isPast = string.IsNullOrEmpty(request.NextToken)
                || (newestFirst.Count > 0 && events is [.., var last] && last.ClientRequestToken != token);
        }

        newestFirst.Reverse();
        var begunAt = isPast ? newestFirst.FirstOrDefault()?.Timestamp : null;
        return new([.. newestFirst.Where(IsFailure).Select(Fact)], begunAt, PutBack(ofStack, token));
    }

    /// <summary>Whoever cancels an update by hand does so with another token, or none: what counts is how our update came to rest.</summary>
    private static string? PutBack(IEnumerable<StackEvent> newestFirst, string token)
    {
        var ours = newestFirst.Reverse()
            .SkipWhile(e => e.ClientRequestToken != token || e.ResourceStatus != ResourceStatus.UPDATE_IN_PROGRESS).ToList();
        var end = ours.FindIndex(e => !e.ResourceStatus.Value.EndsWith("_IN_PROGRESS", StringComparison.Ordinal));
        return end > 0 && ours[end].ResourceStatus == ResourceStatus.UPDATE_ROLLBACK_COMPLETE
            ? ours.Take(end).FirstOrDefault(e => e.ResourceStatus == ResourceStatus.UPDATE_ROLLBACK_IN_PROGRESS)?.ResourceStatusReason ?? ""
            : null;
    }

    private static FailedResource Fact(StackEvent e) =>
        new(e.LogicalResourceId, e.ResourceType, e.ResourceStatus.Value, e.ResourceStatusReason ?? "");

    private static bool IsFailure(StackEvent e) =>
        e.ResourceStatus?.Value.EndsWith("_FAILED", StringComparison.Ordinal) == true
        && e.ResourceStatusReason?.EndsWith("cancelled", StringComparison.OrdinalIgnoreCase) != true;
}
