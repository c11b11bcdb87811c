using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Releases;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Requests;

/// <summary>
/// May whoever asks something of a run ask for it? Both must say yes at that moment: GitHub, that they may push to the repository, and the
/// district, if it names teams, that they deploy. Whoever has the service's own database may everything.
/// </summary>
public sealed class RequestRights(GitHubClients gitHub, IDistrictSource districts, DeployRights rights)
{
    /// <returns>Why not, as what follows a name; null: they may.</returns>
    /// <exception cref="GitHubUnavailableException">Nobody can tell now.</exception>
    public async Task<string?> RefusalAsync(Run run, RunRequest request, CancellationToken cancellationToken)
    {
        if (request.Origin == RequestOrigin.Command)
        {
            return null;
        }

        if (request.Actor is not { Length: > 0 } actor)
        {
            return "GitHub did not say who asked";
        }

        var client = await gitHub.ForAsync(run.Installation, run.Repository, cancellationToken);
        if (!await client.MayWriteAsync(actor, cancellationToken))
        {
            return $"may not push to {run.Repository}";
        }

        var files = await districts.ReadAsync(cancellationToken);
        if (files.Usable.FirstOrDefault(d => d.Name == run.District) is not { } district)
        {
            return $"the file of district '{run.District}', which says who may, cannot be used now";
        }

        return (await rights.RefusalAsync(run with { Actor = actor }, district, district.Span, cancellationToken))?.Message;
    }
}
