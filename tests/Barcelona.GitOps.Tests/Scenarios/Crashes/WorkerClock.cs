namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>
/// The clock of one process. It stands still while the process sleeps, and for ever once it is dead. It knows whether a pause is waited for: then
/// time has to pass, or nothing goes on.
/// </summary>
internal sealed class WorkerClock(TimeProvider clock) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ProcessTimer> _timers = [];
    private volatile bool _isAsleep;

    /// <summary>Somebody pauses until a moment that is to come, as a retry does. The limit of a call is no pause: it may be answered before.</summary>
    public bool IsAwaited => Timers().Any(t => t.IsPause);

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // What Task.Delay gives its timer is the task itself.
        var timer = new ProcessTimer(this, () => callback(state)) { IsPause = state is Task };
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Start(clock.CreateTimer(_ => timer.Ring(), null, dueTime, period));
        return timer;
    }

    public void Sleep() => _isAsleep = true;

    /// <summary>What should have rung meanwhile rings now.</summary>
    public void Wake()
    {
        _isAsleep = false;
        foreach (var timer in Timers())
        {
            timer.RingIfMissed();
        }
    }

    public void Die()
    {
        _isAsleep = true;
        foreach (var timer in Timers())
        {
            timer.Dispose();
        }

        // Nobody of the dead waits for it any more.
        _isAsleep = false;
    }

    private ProcessTimer[] Timers()
    {
        lock (_lock)
        {
            return [.. _timers];
        }
    }

    private void Forget(ProcessTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class ProcessTimer(WorkerClock process, Action ring) : ITimer
    {
        private ITimer? _timer;
        private bool _isMissed;

        public bool IsPause { get; set; }

        public void Start(ITimer timer) => _timer = timer;

        public void Ring()
        {
            if (process._isAsleep)
            {
                _isMissed = true;
                return;
            }

            IsPause = false;
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

        public bool Change(TimeSpan dueTime, TimeSpan period) => _timer?.Change(dueTime, period) is true;

        public void Dispose()
        {
            process.Forget(this);
            _timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
