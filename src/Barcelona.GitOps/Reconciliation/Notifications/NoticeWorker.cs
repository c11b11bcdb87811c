using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Notifications;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Notifications;

/// <summary>
/// Tells a district's channels what became of its runs, in a lane of its own: no deploy waits for it. One lane for a district keeps the order, and
/// what happens at once is seen together.
/// </summary>
public sealed partial class NoticeWorker(
    NoticeLog log, Notices notices, NoticeChannels channels, NoticeSpeaker speaker, IDistrictSource districts, AwsSessions sessions,
    AccountCheck accounts, TimeProvider clock, ILogger<NoticeWorker> logger) : ILaneWorker
{
    /// <summary>Of the workers at once: whoever does not answer holds up nobody else.</summary>
    private const int MostAtOnce = 2;

    private const int MostRuns = 500;

    private static readonly TimeSpan Crowded = TimeSpan.FromSeconds(2), Unreadable = TimeSpan.FromMinutes(5);

    private int _atWork;

    public string Kind => LaneKinds.Notice;

    public async Task<LaneResult> WorkAsync(Lease lease, CancellationToken cancellationToken)
    {
        try
        {
            return Interlocked.Increment(ref _atWork) > MostAtOnce
                ? new LaneResult.Again(clock.GetUtcNow() + Crowded)
                : await TellAsync(lease, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _atWork);
        }
    }

    public Task NoteTroubleAsync(Lease lease, string trouble, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<LaneResult> TellAsync(Lease lease, CancellationToken cancellationToken)
    {
        var unsaid = await log.UnsaidAsync(lease.Key, MostRuns, cancellationToken);
        var said = await log.SaidAsync(lease.Key, cancellationToken);
        var spokenOf = said.Keys.Select(k => k.RunId).ToHashSet(StringComparer.Ordinal);
        var worthSaying = unsaid.Where(r => spokenOf.Contains(r.Id) || notices.Of(r, heard: RunState.Queued) is not null).ToImmutableArray();
        await log.SettleAsync([.. unsaid.Except(worthSaying).Where(r => r.State.IsFinal())], cancellationToken);
        if (worthSaying.IsEmpty)
        {
            return new LaneResult.Done(lease.WantedSeen);
        }

        var district = await DistrictAsync(lease.Key, cancellationToken);
        if (district is null && worthSaying.Any(r => !speaker.IsTooLate(r)))
        {
            return new LaneResult.Again(clock.GetUtcNow() + Unreadable, lease.WantedSeen);
        }

        // No stranger chooses what a district's channels hear, nor has a secret read.
        var told = worthSaying.Where(r => district is not null && (r.IsOfDistrict || DistrictConsent.Lets(district, r.Repository, r.Environment)))
            .ToImmutableArray();
        var listening = district is null || told.IsEmpty ? [] : channels.Of(district);
        var again = district is null || listening.IsEmpty
            ? null
            : await speaker.SpeakAsync(SessionFor(district, told[0]), listening, (told, said), cancellationToken);

        // Whatever has nothing more to say to anybody, as it stands.
        var settled = worthSaying.Where(r => !told.Contains(r) || listening.All(c => notices.Of(r, said.GetValueOrDefault((r.Id, c.Name))) is null));
        await log.SettleAsync([.. settled], cancellationToken);
        return again is { } at ? new LaneResult.Again(at, lease.WantedSeen) : new LaneResult.Done(lease.WantedSeen);
    }

    private AwsSession SessionFor(District district, Run first) => sessions.For(district, new(first.Repository, Commit: null, "notifications"));

    /// <returns>Null: its file cannot be read, or has mistakes, or the credentials lead to another account.</returns>
    private async Task<District?> DistrictAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var file = (await districts.ReadAsync(cancellationToken)).ByName.GetValueOrDefault(name);
            if (file is { Value: { } district, HasErrors: false })
            {
                var other = district.Notifications.IsEmpty ? null : await accounts.FindOtherAsync(district, cancellationToken);
                if (other is null)
                {
                    return district;
                }

                LogNobody(name, $"the credentials in use are of account {other}");
                return null;
            }

            LogNobody(name, "there is no such file without mistakes");
        }
        catch (Exception trouble) when (trouble is GitHubUnavailableException or GitUnavailableException or AwsUnavailableException
            or AwsDeniedException || UnreadablePlatform.IsCause(trouble))
        {
            LogNobody(name, Redactor.Redact(trouble.Message));
        }

        return null;
    }

    [LoggerMessage(LogLevel.Warning, "Nobody is told for now what happens in district {District}: {Reason}")]
    private partial void LogNobody(string district, string reason);
}
