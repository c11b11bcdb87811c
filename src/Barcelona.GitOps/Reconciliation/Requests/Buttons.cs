using System.Collections.Immutable;
using Barcelona.GitOps.GitHub.Checks;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Requests;

/// <summary>What people can press on a run's check; the identifiers are what a request asks for, whichever way it comes.</summary>
internal static class Buttons
{
    public const string Approve = "approve", Cancel = "cancel", Retry = "retry", RollBack = "rollback";

    private static readonly CheckAction ToApprove = new("Approve", "Deploy this commit", Approve);
    private static readonly CheckAction ToCancel = new("Cancel", "End this at its next safe step", Cancel);
    private static readonly CheckAction ToRetry = new("Retry", "Deploy this commit once more", Retry);
    private static readonly CheckAction ToRollBack = new("Roll back", "Put back the release before", RollBack);

    /// <summary>At most three. A district is changed in its file; what made no release leaves nothing to go back from.</summary>
    public static ImmutableArray<CheckAction> Of(Run run, RunProgress progress) => run switch
    {
        { IsOfDistrict: true } => [],
        { State: RunState.Running } => progress.Approval is { By: null } ? [ToApprove, ToCancel] : [ToCancel],
        { State: RunState.Failed, Kind: RunKind.Deploy } when progress.Release is not null => [ToRetry, ToRollBack],
        { State: RunState.Failed } => [ToRetry],
        { State: RunState.Succeeded, Kind: RunKind.Deploy } when progress.Release is not null => [ToRollBack],
        _ => [],
    };
}
