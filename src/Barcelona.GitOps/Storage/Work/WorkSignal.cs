namespace Barcelona.GitOps.Storage.Work;

/// <summary>
/// Wakes the dispatcher of this process: something was stored. Signals coalesce, and one that comes while nobody waits is kept.
/// It only saves time: who waits also looks at the tables now and then, since another process may have written.
/// </summary>
public sealed class WorkSignal(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Set()
    {
        // Mostly it is set already: then the lock of Release is not worth taking.
        if (_signal.CurrentCount > 0)
            return;

        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread was quicker: it is set, which is all that was asked.
        }
    }

    /// <returns>False when nothing was signalled within the time.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _signal.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => _signal.Dispose();
}
