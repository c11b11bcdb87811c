using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>Works on one target, a heritage in a district.</summary>
public sealed class TargetWorker(RunWorker runs, Reconciler reconciler) : ILaneWorker
{
    public string Kind => LaneKinds.Target;

    public Task<LaneResult> WorkAsync(Lease lease, CancellationToken cancellationToken) =>
        runs.WorkAsync(LaneKeys.Target(lease.Key), lease, reconciler, cancellationToken);

    public Task NoteTroubleAsync(Lease lease, string trouble, CancellationToken cancellationToken) =>
        runs.NoteTroubleAsync(LaneKeys.Target(lease.Key), lease, trouble, cancellationToken);
}
