using Barcelona.GitOps.Core.Reports.Notifications;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation.Notifications;

/// <summary>
/// What a channel should hear of a run, by how the run stands and what the channel heard last. Only of change: a run that found nothing to do says
/// nothing, and what ends without anything having been done is said only to those who heard it begin. A failure is always said, also the same once
/// more: somebody asked for it again and waits.
/// </summary>
public sealed class Notices(IOptions<PublicUrlOptions> links, RollbackTexts pages)
{
    /// <param name="heard">Queued: nothing yet.</param>
    /// <returns>Null: nothing, as it stands.</returns>
    public Notice? Of(Run run, RunState heard)
    {
        if (heard == run.State)
        {
            return null;
        }

        var progress = RunProgress.Parse(run.Detail);
        NoticeEvent? happened = run.State switch
        {
            RunState.Running when IsChanging(progress) => NoticeEvent.Started,
            RunState.Succeeded when IsChanging(progress) => NoticeEvent.Succeeded,
            RunState.Failed => NoticeEvent.Failed,
            RunState.Rejected => NoticeEvent.Rejected,
            RunState.Superseded when heard != RunState.Queued => NoticeEvent.Superseded,
            RunState.Cancelled when heard != RunState.Queued => NoticeEvent.Cancelled,
            _ => null,
        };
        return happened is { } news ? Tell(run, progress, news) : null;
    }

    /// <summary>Nobody needs to look whether something is to be said: it is too early.</summary>
    public static bool IsEarly(Run run) => !run.State.IsFinal() && !IsChanging(RunProgress.Parse(run.Detail));

    /// <summary>Before the first write its release is on record, and so is each operation: a crash in between leaves no change untold.</summary>
    private static bool IsChanging(RunProgress progress) =>
        progress.Wrote || progress.Release is not null || !progress.Operations.IsEmpty || progress.BeforeDeploy is { IsAsked: true };

    private Notice Tell(Run run, RunProgress progress, NoticeEvent happened) => new()
    {
        Event = happened,
        Subject = run.IsOfDistrict ? NoticeSubject.District
            : run.Kind switch { RunKind.Rollback => NoticeSubject.Rollback, RunKind.Restart => NoticeSubject.Restart, _ => NoticeSubject.Deploy },
        District = run.District,
        Heritage = run.Heritage,
        Environment = run.Environment,
        Repository = run.Repository,
        Ref = run.Ref,
        Commit = run.Commit,
        Actor = run.Actor,
        Release = progress.Release,
        OfRelease = run.OfRelease,
        Services = run.Restarts,
        SupersededBy = run.SupersededBy,
        Cause = run.State.IsFinal() ? run.Cause : null,
        WentBack = progress.WentBack,
        Link = links.Value.RunUrl(run.Id) ?? pages.CommitPage(run.Repository, run.CheckCommit ?? run.Commit),
        At = run.FinishedAt ?? run.StartedAt ?? run.CreatedAt,
    };
}
