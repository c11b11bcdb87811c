using System.Collections.Immutable;
using Amazon.Runtime;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Reports.Notifications;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Notifications;

namespace Barcelona.GitOps.Reconciliation.Notifications;

/// <summary>
/// Says to each channel what it has yet to hear, in order; one that does not listen is left alone for a while, and the others are not.
/// </summary>
public sealed partial class NoticeSpeaker(NoticeLog log, Notices notices, TimeProvider clock, ILogger<NoticeSpeaker> logger)
{
    /// <summary>After it nobody wants to know: it stands on the check.</summary>
    private static readonly TimeSpan Worthwhile = TimeSpan.FromHours(6);

    /// <summary>A pass ends after this long, whatever is left to say.</summary>
    private static readonly TimeSpan LongestPass = TimeSpan.FromSeconds(15);

    public bool IsTooLate(Run run) => run.FinishedAt is { } end && clock.GetUtcNow() - end > Worthwhile;

    /// <param name="runs">And what was said of them: updated with what is said now.</param>
    /// <returns>When to go on; null: all is said.</returns>
    public async Task<DateTimeOffset?> SpeakAsync(
        AwsSession session, ImmutableArray<INoticeChannel> channels,
        (ImmutableArray<Run> All, Dictionary<(string RunId, string Channel), RunState> Said) runs, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + LongestPass;
        var states = await log.ChannelsAsync(session.District.Name, cancellationToken);
        DateTimeOffset? again = null;
        foreach (var channel in channels)
        {
            var state = states.FirstOrDefault(s => s.Channel == channel.Name) ?? new() { District = session.District.Name, Channel = channel.Name };
            var left = new Queue<Pending>(runs.All.SelectMany(IEnumerable<Pending> (r) =>
                notices.Of(r, runs.Said.GetValueOrDefault((r.Id, channel.Name))) is { } notice ? [new(r, notice)] : []));
            var next = await SpeakAsync(new Conversation(session, channel, state, left), Heard, until, cancellationToken);
            again = next is null ? again : again is null || next < again ? next : again;

            async Task Heard(Run run)
            {
                // What was said is put on record also while the process stops: it would be said twice.
                await log.SayAsync(run, channel.Name, CancellationToken.None);
                runs.Said[(run.Id, channel.Name)] = run.State;
            }
        }

        return again;
    }

    /// <returns>When to go on with this channel; null: it has heard all.</returns>
    private async Task<DateTimeOffset?> SpeakAsync(
        Conversation with, Func<Run, Task> heard, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (session, channel, state, left) = with;
        while (left.Count > 0)
        {
            var now = clock.GetUtcNow();
            if (IsTooLate(left.Peek().Run))
            {
                LogGivenUp(left.Peek().Run.Id, channel.Name, state.Trouble ?? "");
                await heard(left.Dequeue().Run);
                continue;
            }

            if (state.DueAt > now || now > until)
            {
                return state.DueAt > now ? state.DueAt : now;
            }

            var room = channel.IsForPeople ? ChannelPace.Left(state, now) : int.MaxValue;
            if (room <= 0)
            {
                return ChannelPace.NextMinute(state);
            }

            Pending[] batch = left.Count > room ? [.. left] : [left.Peek()];
            var telling = await TellAsync(session, channel, [.. batch.Select(p => p.Notice)], cancellationToken);
            state = telling is Telling.Failed(var why, var after) ? Failed(state, why, after) : ChannelPace.Said(state, now);
            await log.SaveAsync(state, CancellationToken.None);
            if (telling is Telling.Failed)
            {
                return state.DueAt;
            }

            foreach (var pending in batch)
            {
                if (telling is Telling.Dropped(var reason))
                {
                    LogDropped(pending.Run.Id, channel.Name, reason);
                }

                await heard(left.Dequeue().Run);
            }
        }

        return null;
    }

    private ChannelState Failed(ChannelState state, string why, TimeSpan? after)
    {
        if (state.Trouble != why)
        {
            LogNotHeard(state.District, state.Channel, why);
        }

        return ChannelPace.Failed(state, why, clock.GetUtcNow(), after);
    }

    private static async Task<Telling> TellAsync(
        AwsSession session, INoticeChannel channel, IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.TellAsync(session, notices, cancellationToken);
        }
        catch (Exception trouble) when (trouble is AwsUnavailableException or AwsDeniedException or AmazonServiceException)
        {
            return new Telling.Failed(Redactor.Redact(trouble.Message), (trouble as AwsUnavailableException)?.RetryAfter);
        }
    }

    [LoggerMessage(LogLevel.Warning, "District {District} is not heard by {Channel}, and it is tried again: {Reason}")]
    private partial void LogNotHeard(string district, string channel, string reason);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} is not told to {Channel} any more: {Reason}")]
    private partial void LogGivenUp(string runId, string channel, string reason);

    [LoggerMessage(LogLevel.Information, "Run {RunId} is not told to {Channel}: {Reason}")]
    private partial void LogDropped(string runId, string channel, string reason);

    private sealed record Pending(Run Run, Notice Notice);

    private sealed record Conversation(AwsSession Session, INoticeChannel Channel, ChannelState State, Queue<Pending> Left);
}
