using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Core.Reports.Failures;

/// <summary>
/// What a person can do about a stack that gets no further by itself: what it is stuck at, and the commands, ready to be copied. To skip a resource,
/// or to let go of it, is never done without one.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-continueupdaterollback.html
/// </summary>
public static class StackRecovery
{
    private const string Again = "Then re-run this check.";

    /// <param name="failed">Those in a status that ends with FAILED.</param>
    public static ImmutableArray<string> Lines(StackName stack, StackStatus status, string region, ImmutableArray<FailedResource> failed)
    {
        var place = $"--stack-name {stack} --region {region}";
        var stuck = status switch
        {
            // One that was merely cancelled cannot be skipped; it goes back when the rollback goes on.
            StackStatus.UpdateRollbackFailed => failed.Where(f =>
                f.Status == "UPDATE_FAILED" && !f.Reason.Contains("cancelled", StringComparison.OrdinalIgnoreCase)),
            StackStatus.DeleteFailed => failed.Where(f => f.Status == "DELETE_FAILED"),
            _ => failed,
        };
        ImmutableArray<FailedResource> named = [.. stuck];
        var ids = string.Join(' ', named.Select(f => f.LogicalId));
        return
        [
            .. named.Select(f => $"{f.LogicalId} ({f.Type}) is {f.Status}: {f.Reason}"),
            .. status switch
            {
                StackStatus.UpdateRollbackFailed =>
                [
                    "Mend what stands in the way, and let the rollback go on:",
                    $"  aws cloudformation continue-update-rollback {place}",
                    .. ids.Length == 0 ? Array.Empty<string>() :
                    [
                        "What cannot be mended can be left as it is. CloudFormation then takes it for rolled back: set it right by hand afterwards.",
                        $"  aws cloudformation continue-update-rollback {place} --resources-to-skip {ids}",
                    ],
                    Again,
                ],
                StackStatus.DeleteFailed =>
                [
                    "Take away what stands in the way; or let the stack go and keep what will not, which is then nobody's:",
                    $"  aws cloudformation delete-stack {place} {(ids.Length == 0 ? "" : $"--retain-resources {ids}")}".TrimEnd(),
                    Again,
                ],
                _ => new[] { "What happened to it:", $"  aws cloudformation describe-stack-events {place}", Again },
            },
        ];
    }
}
