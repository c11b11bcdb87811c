using System.Collections.Immutable;
using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Aws.Failures;

/// <summary>What a stack's events say of one operation.</summary>
/// <param name="Failed">The first failure first.</param>
/// <param name="BegunAt">By AWS's clock; null: not known, as of an operation that never began.</param>
/// <param name="PutBack">Why CloudFormation took an update back, in its words; null: it did not.</param>
internal sealed record OperationEvents(ImmutableArray<FailedResource> Failed, DateTime? BegunAt, string? PutBack)
{
    public static OperationEvents None { get; } = new([], BegunAt: null, PutBack: null);

    public bool HasFailed => !Failed.IsEmpty || PutBack is not null;

    /// <summary>Task definitions are used again for the same content: what was made before the operation is of an earlier one.</summary>
    public bool IsBefore(DateTime? madeAt) => madeAt?.ToUniversalTime() < BegunAt?.ToUniversalTime();
}
