using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Requests;

/// <summary>Who may approve: one of the teams that the file names at that very commit, and nobody their own work.</summary>
public sealed class ApprovalRights(GitHubClients gitHub, ManifestReader manifests, Runs runs)
{
    /// <returns>Why not, as what follows a name; null: they may.</returns>
    /// <exception cref="GitHubUnavailableException">Nobody can tell now.</exception>
    public async Task<string?> RefusalAsync(Run run, string actor, CancellationToken cancellationToken)
    {
        var parsed = await manifests.ReadAsync(new(run.Installation, run.Repository, run.Commit), cancellationToken);
        var environment = parsed?.Value?.Environments.FirstOrDefault(e => e.Key.Value == run.Environment);
        var teams = environment?.Deploy?.Approve.Select(t => t.Value).ToArray() ?? [];
        if (teams is [])
        {
            return "nothing asks for approval";
        }

        var client = await gitHub.ForAsync(run.Installation, run.Repository, cancellationToken);
        var pushers = await runs.ActorsOfAsync(run, cancellationToken);
        if (pushers.Any(p => p is null))
        {
            return "GitHub did not say who pushed this commit, and nobody approves their own: push another, or use barcelona approve";
        }

        var authors = await client.AuthorsAsync(run.Commit, cancellationToken);
        if (authors.Concat(pushers).Contains(actor, StringComparer.OrdinalIgnoreCase))
        {
            return "nobody approves what they wrote or pushed themselves";
        }

        try
        {
            return await gitHub.IsInAnyAsync(run.Installation, run.Repository, teams, actor, cancellationToken)
                ? null
                : $"is in none of the teams that approve: {string.Join(", ", teams)}";
        }
        catch (GitHubRefusedException e)
        {
            return $"the teams that approve cannot be read: {e.Message} Give the GitHub App the organization permission Members: read";
        }
    }
}
