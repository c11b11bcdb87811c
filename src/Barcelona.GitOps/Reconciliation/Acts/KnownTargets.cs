using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Acts;

/// <summary>Finds a target by its name among those that ever had a run.</summary>
public sealed class KnownTargets(Runs runs)
{
    /// <param name="text"><c>district/heritage</c>.</param>
    /// <exception cref="RefusedActException">There is no such target.</exception>
    public async Task<DeployTarget> FindAsync(string text, CancellationToken cancellationToken)
    {
        var known = await runs.TargetsAsync(cancellationToken);
        if (known.Contains(text, StringComparer.Ordinal))
        {
            return LaneKeys.Target(text);
        }

        throw new RefusedActException(known.Count == 0
            ? $"There is no target '{text}': nothing was ever deployed."
            : $"There is no target '{text}'; there are {string.Join(", ", known)}.");
    }
}
