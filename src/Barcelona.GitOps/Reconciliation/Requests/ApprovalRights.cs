using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Releases;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Requests;

/// <summary>
/// Who may approve: one of the teams that the file names at that very commit, and nobody what they wrote, pushed or brought in themselves. What
/// is approved is all that comes on top of what runs now, not just the last commit of it.
/// </summary>
public sealed class ApprovalRights(GitHubClients gitHub, ReleaseReader releases, AwsStateReader state, Runs runs)
{
    private const string ByCommand = "push another commit, or use barcelona approve";

    /// <returns>Why not, as what follows a name; null: they may.</returns>
    /// <exception cref="GitHubUnavailableException">Nobody can tell now.</exception>
    public async Task<string?> RefusalAsync(Run run, string actor, CancellationToken cancellationToken)
    {
        if (await releases.ReadAsync(run, cancellationToken) is not ReleaseReading.Wanted(var wanted))
        {
            return "what it would deploy cannot be told now, and nothing is approved unseen; press it once more later";
        }

        var teams = wanted.Environment.Deploy?.Approve.Select(t => t.Value).ToArray() ?? [];
        if (teams is [])
        {
            return "nothing asks for approval";
        }

        if (await OwnWorkAsync(run, wanted, actor, cancellationToken) is { } own)
        {
            return own;
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

    private async Task<string?> OwnWorkAsync(Run run, WantedRelease wanted, string actor, CancellationToken cancellationToken)
    {
        var pushers = await runs.PushersOfAsync(run.Repository, [run.Commit.Value], cancellationToken);
        if (pushers.Count == 0)
        {
            return $"GitHub did not say who pushed this commit, and nobody approves their own: {ByCommand}";
        }

        if (WhatPushed(pushers, actor) is { } pushed)
        {
            return pushed;
        }

        try
        {
            var client = await gitHub.ForAsync(run.Installation, run.Repository, cancellationToken);
            var change = await new ChangeAuthors(client).ReadAsync(await RunningAsync(run, wanted, cancellationToken), run.Commit, cancellationToken);
            return change.Parts.FirstOrDefault(p => p.By.Contains(actor, StringComparer.OrdinalIgnoreCase)) is { } part
                ? $"nobody approves what they wrote or pushed themselves, and {part.What} is of {actor}"
                : change.IsComplete ? WhatPushed(await runs.PushersOfAsync(run.Repository, change.Commits, cancellationToken), actor)
                : $"GitHub does not tell of all commits since what runs now, and nobody approves their own: {ByCommand}";
        }
        catch (Exception e) when (e is GitHubRefusedException or AwsDeniedException)
        {
            return $"who wrote what comes on top of what runs now cannot be read, and nobody approves their own: {e.Message} "
                + "Mend that, or use barcelona approve";
        }
    }

    private static string? WhatPushed(IReadOnlyList<Pusher> pushers, string actor) =>
        pushers.FirstOrDefault(p => p.Login.Equals(actor, StringComparison.OrdinalIgnoreCase)) is { } own
            ? $"nobody approves what they wrote or pushed themselves, and {actor} pushed {own.Commit[..7]}"
            : null;

    /// <summary>Null: there is nothing yet, and only the commit itself is looked at.</summary>
    private async Task<CommitSha?> RunningAsync(Run run, WantedRelease wanted, CancellationToken cancellationToken)
    {
        var stacks = await state.ReadStacksAsync(wanted.Session, new DeployTarget(run.District, run.Heritage), cancellationToken);
        return CommitSha.TryParse(stacks.AppStack?.Parameters.GetValueOrDefault(StackKeys.CommitParameter), out var commit) ? commit : null;
    }
}
