using Hangfire;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>Hands a lane to a worker. Two implementations: Hangfire here, and the tests' own that runs due lanes until all is quiet.</summary>
public interface IJobQueue
{
    void Enqueue(long laneId);
}

internal sealed class HangfireJobQueue(IBackgroundJobClient jobs) : IJobQueue
{
    // The argument is an id only: what is wanted is read from our tables when the job runs.
    public void Enqueue(long laneId) => jobs.Enqueue<ReconcileJob>(job => job.RunAsync(laneId, CancellationToken.None));
}
