using System.Collections.Concurrent;
using Barcelona.GitOps.Reconciliation;

namespace Barcelona.GitOps.Tests.Scenarios;

/// <summary>Jobs wait here until the scenario runs them: no thread of its own, no time of its own.</summary>
public sealed class InlineJobQueue : IJobQueue
{
    private readonly ConcurrentQueue<long> _waiting = new();

    public void Enqueue(long laneId) => _waiting.Enqueue(laneId);

    public bool TryTake(out long laneId) => _waiting.TryDequeue(out laneId);
}
