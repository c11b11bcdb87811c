using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Heads;

/// <summary>
/// A branch has moved on while one of its commits is being deployed. That gives way to a head that is itself deployed, and to no other: what
/// says <c>[skip ci]</c> or cannot be read deploys nothing, and would leave nobody's wish at work.
/// </summary>
public sealed class NewerHead(
    RefMessages messages, ManifestReader manifests, IDistrictSource districts, IManifestSource git, RepositoryAccess access, Runs runs)
{
    private enum Meaning
    {
        /// <summary>It is deployed to the same environment.</summary>
        Deploys,

        /// <summary>Of this push nothing is deployed; its own check says why, where there is more to say than a skip word.</summary>
        Nothing,

        /// <summary>The environment, or what has the branch deploy it, is gone from the file.</summary>
        DeploysNoMore,
    }

    /// <returns>Null: the deploy goes on.</returns>
    public async Task<Outcome?> RefusalAsync(Run run, CommitSha head, ObservedState observed, CancellationToken cancellationToken)
    {
        var isAt = $"{run.Ref.ShortName} is at {head.Abbreviated} now";
        switch (await MeaningAsync(run, head, cancellationToken))
        {
            case Meaning.Deploys:
                return new Outcome.Superseded(head, $"{isAt}.");
            case Meaning.DeploysNoMore:
                return new Outcome.Cancelled($"{isAt}, which no longer deploys {run.Environment}.");
            case Meaning.Nothing:
                break;
        }

        var repository = await access.ForKnownCommitAsync(run.Installation, run.Repository, cancellationToken);
        if (!await git.IsAncestorAsync(repository, run.Commit, head, cancellationToken))
        {
            return new Outcome.Cancelled($"{isAt}, which deploys nothing and does not contain {run.Commit.Abbreviated}.");
        }

        return await BetweenAsync(run, repository, head, observed, cancellationToken) is { } later
            ? new Outcome.Superseded(later, $"{later.Abbreviated} was pushed to {run.Ref.ShortName} after {run.Commit.Abbreviated}.")
            : null;
    }

    private async Task<Meaning> MeaningAsync(Run run, CommitSha head, CancellationToken cancellationToken)
    {
        var pushed = new PushedRef(run.Installation, run.Repository, run.Ref, []);
        if (await manifests.ReadAsync(pushed.At(head), cancellationToken) is not { } parsed)
        {
            return Meaning.DeploysNoMore;
        }

        if (parsed.Value is not { } manifest || parsed.HasErrors)
        {
            return Meaning.Nothing;
        }

        var repository = await access.ForKnownCommitAsync(run.Installation, run.Repository, cancellationToken);
        var message = await git.CommitMessageAsync(repository, head, cancellationToken);
        var context = new TriggerContext
        {
            DefaultBranch = await messages.DefaultBranchAsync(pushed, cancellationToken),
            Districts = [.. (await districts.ReadAsync(cancellationToken)).Usable],
        };
        var happened = new RepositoryEvent.BranchPushed(run.Repository, run.Installation, run.Ref, head, "", context.DefaultBranch);
        return TriggerRules.Evaluate(manifest, happened, context).FirstOrDefault(d => d.Environment.Key.Value == run.Environment) switch
        {
            TriggerDecision.Deploy => SkipWords.In(message) is null && !await WasRefusedAsync(run, head, cancellationToken)
                ? Meaning.Deploys
                : Meaning.Nothing,
            TriggerDecision.Refuse => Meaning.Nothing,
            _ => Meaning.DeploysNoMore,
        };
    }

    /// <summary>Something stood against it, such as that whoever pushed it may not deploy.</summary>
    private async Task<bool> WasRefusedAsync(Run run, CommitSha head, CancellationToken cancellationToken) =>
        (await runs.RecentOfTargetAsync(run, cancellationToken))
            .FirstOrDefault(r => r.Kind == RunKind.Deploy && r.Repository == run.Repository && r.Ref == run.Ref && r.Commit == head)
            is { State: RunState.Rejected };

    /// <summary>A commit below the head that was deployed, or was to be, after this one: who asks for an old one again overtakes none.</summary>
    private async Task<CommitSha?> BetweenAsync(
        Run run, GitAccess repository, CommitSha head, ObservedState observed, CancellationToken cancellationToken)
    {
        var newest = (await runs.RecentOfTargetAsync(run, cancellationToken))
            .FirstOrDefault(r => r.Kind == RunKind.Deploy && !r.IsAskedAgain && r.State != RunState.Rejected
                && r.Repository == run.Repository && r.Ref == run.Ref);
        var parameters = observed.AppStack?.Parameters;
        var deployed = parameters?.GetValueOrDefault(StackKeys.RefParameter) == run.Ref.Value
            && CommitSha.TryParse(parameters.GetValueOrDefault(StackKeys.CommitParameter), out var commit) ? commit : null;
        foreach (var other in new[] { newest?.Commit, deployed }.OfType<CommitSha>().Where(c => c != run.Commit).Distinct())
        {
            if (await git.IsInAsync(repository, run.Commit, other, cancellationToken) && await git.IsInAsync(repository, other, head, cancellationToken))
            {
                return other;
            }
        }

        return null;
    }
}
