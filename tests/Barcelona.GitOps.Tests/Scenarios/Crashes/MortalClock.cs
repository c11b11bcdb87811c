namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>The clock of one process: its timers ring no more once it is dead, so that a dead worker renews no lease.</summary>
internal sealed class MortalClock(TimeProvider clock, Func<bool> isAlive) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(
        s =>
        {
            if (isAlive())
            {
                callback(s);
            }
        },
        state,
        dueTime,
        period);
}
