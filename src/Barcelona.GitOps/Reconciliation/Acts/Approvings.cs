using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Requests;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Acts;

/// <summary>Lets a deploy go that waits for somebody's yes.</summary>
public sealed class Approvings(Runs runs, RunRequests requests, Lanes lanes)
{
    private const int ShortestCommit = 7;

    /// <param name="commit">What was looked at, at least seven digits of it: a push that came since is not meant.</param>
    /// <returns>The run that goes on now.</returns>
    /// <exception cref="RefusedActException">Nothing waits for approval, or another commit does.</exception>
    public async Task<Run> StartAsync(DeployTarget target, string commit, Asker asker, CancellationToken cancellationToken)
    {
        var active = await runs.ActiveForTargetAsync(target.District, target.Heritage, cancellationToken);
        var waiting = active.LastOrDefault(r => RunProgress.Parse(r.Detail).Approval is { By: null })
            ?? throw new RefusedActException($"Nothing waits for approval at {target}.");
        if (commit.Length < ShortestCommit || !waiting.Commit.Value.StartsWith(commit, StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedActException(
                $"What waits for approval at {target} is {waiting.Commit.Abbreviated} of {waiting.Repository}, and not {commit}. Name the commit that you have looked at.");
        }

        var wish = new NewRequest(Buttons.Approve, asker.Actor, RequestOrigin.Command);
        await requests.AddAsync(waiting, $"command:{asker.Key}", wish, within: null, cancellationToken);
        await lanes.WantManyAsync([LaneKeys.OfRun(waiting, Asker.AtOnce)], within: null, cancellationToken);
        return waiting;
    }
}
