using Barcelona.GitOps.Storage.Work;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class WorkSignalTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signals_before_the_wait_are_kept_and_count_as_one()
    {
        using var signal = new WorkSignal(_time);
        Parallel.For(0, 100, _ => signal.Set());

        Assert.True(await signal.WaitAsync(TimeSpan.FromMinutes(1), Cancel));
        var second = signal.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.False(second.IsCompleted);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await second);
    }

    [Fact]
    public async Task A_wait_that_ran_out_does_not_swallow_the_next_signal()
    {
        using var signal = new WorkSignal(_time);
        var tired = signal.WaitAsync(TimeSpan.FromSeconds(1), Cancel);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await tired);

        signal.Set();
        Assert.True(await signal.WaitAsync(TimeSpan.FromSeconds(1), Cancel));
    }
}
