using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>
/// May whoever asked for a deploy deploy to this district? A district without teams leaves that to git; one with teams is deployed to by members
/// of those that may deploy, and by the Apps that it names. Asked live, and whoever is not known to have the right does not have it.
/// </summary>
public sealed class DeployRights(GitHubClients gitHub)
{
    private const string BotSuffix = "[bot]";

    /// <param name="place">Where the file names the district.</param>
    /// <returns>What stands against it; null: nothing does.</returns>
    /// <exception cref="GitHubUnavailableException">Nobody can tell now.</exception>
    public async Task<Diagnostic?> RefusalAsync(Run run, District district, SourceSpan place, CancellationToken cancellationToken)
    {
        if (district.Teams.IsEmpty)
        {
            return null;
        }

        var teams = TeamsThatDeploy(district, run.Repository);
        if (run.Actor is not { Length: > 0 } actor)
        {
            return Refused(
                place, $"GitHub did not say who pushed {run.Commit.Abbreviated}, and '{district.Name}' is deployed to by its teams only.", teams);
        }

        if (actor.EndsWith(BotSuffix, StringComparison.Ordinal))
        {
            return district.Apps.Contains(actor[..^BotSuffix.Length], StringComparer.Ordinal)
                ? null
                : Refused(place, $"'{actor}' is not one of the apps that deploy to '{district.Name}': {Listed(district.Apps)}.", teams);
        }

        try
        {
            return await gitHub.IsInAnyAsync(run.Installation, run.Repository, teams, actor, cancellationToken)
                ? null
                : Refused(place, $"'{actor}' is in no team that deploys to '{district.Name}': {Listed(teams)}.", teams);
        }
        catch (GitHubRefusedException e)
        {
            return DeployRightDiagnostics.Missing(
                place, $"Whether '{actor}' may deploy to '{district.Name}' cannot be read: {e.Message}",
                "Give the GitHub App the organization permission Members: read.");
        }
    }

    /// <summary>A team of another organization cannot be asked about: it is not offered as a way out.</summary>
    private static ImmutableArray<string> TeamsThatDeploy(District district, RepositoryName repository) =>
    [
        .. district.Teams.Where(t => t.Value is TeamRight.Deploy or TeamRight.Admin).Select(t => t.Key)
            .Where(team => team.StartsWith($"{repository.Owner}/", StringComparison.OrdinalIgnoreCase)),
    ];

    private static string Listed(ImmutableArray<string> names) => names.IsEmpty ? "there is none" : string.Join(", ", names);

    private static Diagnostic Refused(SourceSpan place, string why, ImmutableArray<string> teams) => DeployRightDiagnostics.Missing(
        place, why, teams.IsEmpty
            ? "Nothing was changed. Give a team of the repository's organization the right in the district's file."
            : $"Nothing was changed. Somebody of {string.Join(" or ", teams)} can re-run this check.");
}
