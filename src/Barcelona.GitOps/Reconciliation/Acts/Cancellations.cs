using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Acts;

/// <summary>Ends what is under way for a target: at once what has not begun, else at its next safe step.</summary>
public sealed class Cancellations(Runs runs, Lanes lanes)
{
    /// <returns>The runs that were under way or waiting.</returns>
    /// <exception cref="RefusedActException">There are none.</exception>
    public async Task<IReadOnlyList<Run>> StartAsync(DeployTarget target, string? actor, CancellationToken cancellationToken)
    {
        var active = await runs.ActiveForTargetAsync(target.District, target.Heritage, cancellationToken);
        if (active.Count == 0)
        {
            throw new RefusedActException($"Nothing is under way for {target}: there is nothing to cancel.");
        }

        await runs.CancelAsync(
            (target.District, target.Heritage), actor, $"{By(actor)}, before it had begun. Nothing was changed.", runId: "", cancellationToken);

        // Also those that are over by now: GitHub is to hear it.
        await lanes.WantAsync(LaneKinds.Target, LaneKinds.TargetKey(target.District, target.Heritage), Asker.AtOnce, within: null, cancellationToken);
        return active;
    }

    /// <summary>Ends one run, and nobody else's.</summary>
    public Task OfRunAsync(Run run, string? actor, CancellationToken cancellationToken) => runs.CancelAsync(
        (run.District, run.Heritage), actor, $"{By(actor)}, before it had begun. Nothing was changed.", run.Id, cancellationToken);

    /// <summary>How a cause begins.</summary>
    public static string By(string? actor) => actor is null ? "as was asked" : $"by {actor}";
}
