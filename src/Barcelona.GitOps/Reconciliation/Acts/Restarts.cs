using Barcelona.GitOps.Core.Planning.Differences;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Acts;

/// <summary>New tasks of the release that runs, with the secrets that are current now.</summary>
public sealed class Restarts(ReleaseHistory releases, Runs runs, NewRuns newRuns)
{
    /// <param name="service">Null: all.</param>
    /// <exception cref="RefusedActException">Nothing runs that is on record, something is under way, or there is no such service.</exception>
    public async Task<Run> StartAsync(DeployTarget target, string? service, Asker asker, CancellationToken cancellationToken)
    {
        var running = new KeptReleases(await releases.ListAsync(target, cancellationToken)).Running;
        if (running is null || await runs.NewestForTargetAsync(target.District, target.Heritage, cancellationToken) is not { } newest)
        {
            throw new RefusedActException($"{target} has no release on record that runs: there is nothing to restart.");
        }

        if ((await runs.ActiveForTargetAsync(target.District, target.Heritage, cancellationToken)).Count > 0)
        {
            throw new RefusedActException($"{target} is being deployed. Its tasks are new ones; restart it afterwards, if that is still needed.");
        }

        await CheckAsync(running, target, service, cancellationToken);
        return await newRuns.MakeAsync(
            new NewRun
            {
                TriggerKey = $"restart:{asker.Key}",
                Kind = RunKind.Restart,
                District = target.District,
                Heritage = target.Heritage,
                Repository = running.Repository,
                Installation = newest.Installation,
                Environment = running.Environment,
                Ref = running.Ref,
                Commit = running.Commit,
                OfRelease = running.Number,
                Restarts = service ?? "",
                PinnedImage = running.Image,
                Actor = asker.Actor,
                Reason = service is null ? "restart" : $"restart {service}",
            },
            Asker.AtOnce,
            cancellationToken);
    }

    private async Task CheckAsync(Release running, DeployTarget target, string? service, CancellationToken cancellationToken)
    {
        if (service is null || await releases.ContentAsync(target, running.Number, cancellationToken) is not { } content)
        {
            return;
        }

        var services = ReleaseDiff.ServicesOf(new(content.Configuration, content.Parameters));
        if (!services.Contains(service))
        {
            throw new RefusedActException($"{target} has no service '{service}'; it has {string.Join(", ", services)}.");
        }
    }
}
