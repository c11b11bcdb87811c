using System.Collections.Concurrent;

namespace Barcelona.GitOps.Tests.Scenarios.Histories.Machinery;

/// <summary>
/// One thread on which all of a history happens, one thing after the other in the order in which it was asked for: what a seed has shown once it
/// shows again. What nobody can hold to it (a file that is read, the SDK's own pauses) comes back here when it is done.
/// </summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Act, object? State)> _posted = [];
    private readonly Queue<TaskCompletionSource> _idle = new(), _outside = new();

    public static void Run(Func<Pump, Task> story)
    {
        var pump = new Pump();
        var before = Current;
        SetSynchronizationContext(pump);
        try
        {
            var told = story(pump);
            _ = told.ContinueWith(_ => pump.Post(_ => { }, null), TaskScheduler.Default);
            pump.UntilTold(told);
            told.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits for this thread.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Ends when everything that could be done here is done.</summary>
    public Task IdleAsync() => Wait(_idle);

    /// <summary>Ends when something has come in from outside.</summary>
    public Task OutsideAsync() => Wait(_outside);

    private static Task Wait(Queue<TaskCompletionSource> among)
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        among.Enqueue(waiting);
        return waiting.Task;
    }

    private void UntilTold(Task told)
    {
        while (!told.IsCompleted)
        {
            if (_posted.TryTake(out var next))
            {
                Do(next);
            }
            else if (_idle.TryDequeue(out var idle))
            {
                idle.SetResult();
            }
            else
            {
                Do(_posted.Take());
            }
        }
    }

    private void Do((SendOrPostCallback Act, object? State) next)
    {
        var waiting = _outside.TryDequeue(out var outside);
        next.Act(next.State);
        if (waiting)
        {
            outside?.SetResult();
        }
    }
}
