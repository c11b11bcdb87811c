using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>What looks at lanes of one kind. A pass takes seconds and says when it wants the next one; it never waits.</summary>
public interface ILaneWorker
{
    /// <summary>One of <c>LaneKinds</c>.</summary>
    string Kind { get; }

    Task<LaneResult> WorkAsync(Lease lease, CancellationToken cancellationToken);

    /// <summary>A pass ended in something unforeseen; it will be tried again. Kept so that a time-out can say what stood in the way.</summary>
    Task NoteTroubleAsync(Lease lease, string trouble, CancellationToken cancellationToken);
}
