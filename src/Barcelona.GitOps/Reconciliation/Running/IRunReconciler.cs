namespace Barcelona.GitOps.Reconciliation.Running;

/// <summary>Tells the story of one kind of run, from its beginning in each pass.</summary>
public interface IRunReconciler
{
    Task<Outcome> PassAsync(ActiveRun run, CancellationToken cancellationToken);

    /// <summary>Its own time is up, and AWS may still be at work. What it throws is tried again for a minute.</summary>
    /// <returns>Null: nothing is known but that.</returns>
    Task<Outcome?> TimeIsUpAsync(ActiveRun run, TimeSpan after, CancellationToken cancellationToken) => Task.FromResult<Outcome?>(null);
}
