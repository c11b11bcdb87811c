using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Reconciliation;
using Barcelona.GitOps.Storage.Work;
using Barcelona.GitOps.Tests.Scenarios.Crashes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Scenarios;

/// <summary>One process of the service, with the test's clock and a job queue that the test runs.</summary>
internal sealed class Worker : IAsyncDisposable
{
    /// <summary>Below the sweep's five minutes: a sweep that finds nothing is no reason to go on.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication _app;
    private readonly FakeTimeProvider _clock;
    private readonly InlineJobQueue _jobs;
    private readonly WorkerLife? _life;
    private readonly Func<bool> _isAwaited;

    private Worker(WebApplication app, FakeTimeProvider clock, InlineJobQueue jobs, WorkerLife? life, Func<bool> isAwaited) =>
        (_app, _clock, _jobs, _life, _isAwaited) = (app, clock, jobs, life, isAwaited);

    public Uri Url => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    /// <param name="isUnanswered">A call of the service waits for an answer that never comes.</param>
    public static async Task<Worker> StartAsync(
        Dictionary<string, string?> settings,
        FakeTimeProvider clock,
        IReadOnlyList<DelegatingHandler> awsHandlers,
        WorkerLife? life,
        Func<bool> isUnanswered)
    {
        var jobs = new InlineJobQueue();
        var own = new WorkerClock(clock);
        var app = ServiceHost.Build([], builder =>
        {
            builder.Configuration.Sources.Clear();
            builder.Configuration.AddInMemoryCollection(settings);
            builder.WebHost.UseSetting("urls", settings["urls"]);
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Services.AddSingleton<TimeProvider>(own);
            life?.Wire(builder, own);
            builder.Services.AddSingleton<IJobQueue>(jobs);
            foreach (var handler in awsHandlers)
            {
                builder.Services.AddHttpClient(AwsSetup.HttpClientName).AddHttpMessageHandler(() => handler);
            }
        });
        await app.StartAsync();
        return new Worker(app, clock, jobs, life, () => own.IsAwaited || isUnanswered());
    }

    public async Task RunUntilQuietAsync()
    {
        for (var passes = 0; passes < 2_000; passes++)
        {
            await RunDueAsync();
            var next = await Services.GetRequiredService<Lanes>().NextDueAsync(CancellationToken.None);
            if (next is not { } due || due - _clock.GetUtcNow() > Horizon)
            {
                return;
            }

            if (due > _clock.GetUtcNow())
            {
                _clock.Advance(due - _clock.GetUtcNow());
            }
        }

        throw new InvalidOperationException("The service does not come to rest.");
    }

    public async Task RunDueAsync()
    {
        var pump = Services.GetRequiredService<WorkPump>();
        var more = true;
        while (more)
        {
            more = await pump.StepAsync(CancellationToken.None);
            while (_jobs.TryTake(out var lane))
            {
                await WithTimePassing(RunAsync(lane));
                more = true;
            }
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task RunAsync(long lane)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReconcileJob>().RunAsync(lane, CancellationToken.None);
    }

    /// <summary>
    /// A pause inside a pass ends by the clock, and nobody else would move it. It is moved for nothing else: a slow machine is to see the same calls.
    /// </summary>
    private async Task WithTimePassing(Task work)
    {
        var end = _life is { } life ? Task.WhenAny(work, life.Death) : work;
        while (await Task.WhenAny(end, Task.Delay(Glance, TimeProvider.System)) != end)
        {
            if (_isAwaited())
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        if (!work.IsCompleted)
        {
            throw new WorkerDiedException();
        }

        await work;
    }
}
