namespace Barcelona.GitOps.Tests.Scenarios.Histories.Machinery;

/// <summary>
/// The clock of one process. It stands still while the process sleeps, and for ever once it is dead. It knows whether somebody waits for it: then
/// time has to pass, or nothing goes on.
/// </summary>
internal sealed class WorkerClock(TimeProvider clock) : TimeProvider
{
    private readonly List<ProcessTimer> _timers = [];
    private bool _isAsleep;

    /// <summary>Somebody inside a pass waits for a moment that is to come, as a retry does.</summary>
    public bool IsAwaited => _timers.Exists(t => t.IsDelay);

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ProcessTimer(this, () => callback(state)) { IsDelay = IsDelay(dueTime, period) };
        _timers.Add(timer);
        timer.Start(clock.CreateTimer(_ => timer.Ring(), null, dueTime, period));
        return timer;
    }

    public void Sleep() => _isAsleep = true;

    /// <summary>What should have rung meanwhile rings now.</summary>
    public void Wake()
    {
        _isAsleep = false;
        foreach (var timer in _timers.ToList())
        {
            timer.RingIfMissed();
        }
    }

    public void Die()
    {
        _isAsleep = true;
        foreach (var timer in _timers.ToList())
        {
            timer.Dispose();
        }

        // Nobody of the dead waits for it any more.
        _isAsleep = false;
    }

    private static bool IsDelay(TimeSpan dueTime, TimeSpan period) => dueTime != Timeout.InfiniteTimeSpan && period == Timeout.InfiniteTimeSpan;

    private sealed class ProcessTimer(WorkerClock process, Action ring) : ITimer
    {
        private ITimer? _timer;
        private bool _isMissed;

        public bool IsDelay { get; set; }

        public void Start(ITimer timer) => _timer = timer;

        public void Ring()
        {
            if (process._isAsleep)
            {
                _isMissed = true;
                return;
            }

            IsDelay = false;
            ring();
        }

        public void RingIfMissed()
        {
            if (_isMissed)
            {
                _isMissed = false;
                Ring();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            IsDelay = WorkerClock.IsDelay(dueTime, period);
            return _timer?.Change(dueTime, period) is true;
        }

        public void Dispose()
        {
            process._timers.Remove(this);
            _timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
