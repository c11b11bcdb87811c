using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Districts;

/// <summary>Works on one district, under a lease of its own.</summary>
public sealed class DistrictWorker(RunWorker runs, DistrictReconciler reconciler) : ILaneWorker
{
    public string Kind => LaneKinds.District;

    public Task<LaneResult> WorkAsync(Lease lease, CancellationToken cancellationToken) =>
        runs.WorkAsync(LaneKeys.District(lease.Key), lease, reconciler, cancellationToken);

    public Task NoteTroubleAsync(Lease lease, string trouble, CancellationToken cancellationToken) =>
        runs.NoteTroubleAsync(LaneKeys.District(lease.Key), lease, trouble, cancellationToken);
}
