namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>
/// What is going to happen, in the order in which it is due. Nothing runs by itself: whoever looks first moves it on, so a test's clock may
/// jump ten minutes and every step in between still happens at its own time.
/// </summary>
internal sealed class Timeline(TimeProvider clock)
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Order)> _due = new();
    private long _order;

    /// <summary>The time of the step that is running, or of the last look at the clock.</summary>
    public DateTimeOffset Now { get; private set; } = clock.GetUtcNow();

    public void After(TimeSpan delay, Action action) => _due.Enqueue(action, (Now + delay, _order++));

    public void Advance()
    {
        var now = clock.GetUtcNow();
        while (_due.TryPeek(out _, out var next) && next.Due <= now)
        {
            var action = _due.Dequeue();
            if (next.Due > Now) Now = next.Due;
            action();
        }
        if (now > Now) Now = now;
    }
}
