using Barcelona.GitOps.Storage.Notifications;

namespace Barcelona.GitOps.Reconciliation.Notifications;

/// <summary>When a channel is spoken to: longer and longer after each failure, and for people not too often.</summary>
internal static class ChannelPace
{
    /// <summary>Slack takes about one a second and allows bursts; people take fewer. What is more is said together, at the minute's end.</summary>
    private const int MostInMinute = 6;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), First = TimeSpan.FromSeconds(15), Longest = TimeSpan.FromMinutes(15);

    public static int Left(ChannelState state, DateTimeOffset now) =>
        now - state.MinuteAt < Minute ? MostInMinute - state.SaidInMinute : MostInMinute;

    public static DateTimeOffset NextMinute(ChannelState state) => state.MinuteAt + Minute;

    public static ChannelState Said(ChannelState state, DateTimeOffset now) => (now - state.MinuteAt < Minute
        ? state with { SaidInMinute = state.SaidInMinute + 1 }
        : state with { MinuteAt = now, SaidInMinute = 1 }) with
    { Trouble = null, Failures = 0, DueAt = now };

    /// <param name="after">As the other side asks; null: 15 seconds, then twice as long each time, up to a quarter of an hour.</param>
    public static ChannelState Failed(ChannelState state, string why, DateTimeOffset now, TimeSpan? after) => state with
    {
        Trouble = why,
        Failures = state.Failures + 1,
        DueAt = now + (after ?? TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Min(state.Failures, 10), Longest.Ticks))),
    };
}
