using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Reconciliation;
using Barcelona.GitOps.Registries;
using Barcelona.GitOps.Storage.Work;
using Barcelona.GitOps.Tests.Scenarios.Crashes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace Barcelona.GitOps.Tests.Scenarios.Histories.Machinery;

/// <summary>One process of the service. Its lines to GitHub, AWS and the registries lead to the world of the history that is played.</summary>
internal sealed class HistoryWorker : IDisposable
{
    private readonly InProcessServer _server = new();
    private readonly InlineJobQueue _jobs = new();
    private readonly WebApplication _app;
    private TaskCompletionSource? _hanging;
    private bool _hasMail;

    private HistoryWorker(Dictionary<string, string?> settings, Func<HistoryWorker, IWorkerWorld> worldOf)
    {
        World = worldOf(this);
        Clock = new WorkerClock(World.Clock);
        _app = ServiceHost.Build([], builder =>
        {
            builder.Configuration.Sources.Clear();
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Services.PostConfigure<LoggerFilterOptions>(filter =>
            {
                filter.Rules.Clear();
                filter.MinLevel = World.LogLevel;
            });
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Services.AddSingleton<IServer>(_server);
            builder.Services.AddSingleton<IJobQueue>(_jobs);
            builder.Services.AddSingleton<IManifestSource>(World.Git);
            Lead(builder, AwsSetup.HttpClientName, r => World.CallAsync(this, Outside.Aws, r));
            Lead(builder, ApiFactory.HttpClientName, r => World.CallAsync(this, Outside.GitHub, r));
            Lead(builder, RegistriesSetup.HttpClientName, r => World.CallAsync(this, Outside.Registry, r));
        });
    }

    public IWorkerWorld World { get; }

    public WorkerClock Clock { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The lane that it has in work; null between two jobs.</summary>
    public long? Lane { get; private set; }

    /// <summary>The lease with which the job in work began; null: nobody has asked.</summary>
    public long? Token { get; set; }

    /// <summary>The job that has not come to its end: the process is dead, or sleeps.</summary>
    public Task? Hung { get; private set; }

    /// <summary>Its last call.</summary>
    public string DiedOf { get; set; } = "";

    /// <summary>When there is more to do, as it was when the last job had ended; null: nothing is to be done.</summary>
    public DateTimeOffset? NextDue { get; private set; }

    /// <summary>A call of the process does not return.</summary>
    public bool IsHanging => _hanging is { Task.IsCompleted: false };

    public static async Task<HistoryWorker> StartAsync(Dictionary<string, string?> settings, Func<HistoryWorker, IWorkerWorld> worldOf)
    {
        var worker = new HistoryWorker(settings, worldOf);
        await worker._app.StartAsync();
        return worker;
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A webhook comes in.</summary>
    public Task<HttpResponseMessage> ReceiveAsync(HttpRequestMessage request)
    {
        _hasMail = true;
        return InProcess.SendAsync(request, _server.HandleAsync);
    }

    /// <summary>Runs what is due now. Gives false, and leaves the rest, when the process hangs.</summary>
    public async Task<bool> RunDueAsync(Pump pump)
    {
        var (work, lanes) = (Get<WorkPump>(), Get<Lanes>());
        for (var more = true; more; more = _hasMail || more && NextDue <= World.Clock.GetUtcNow())
        {
            (more, _hasMail) = (false, false);
            await work.StepAsync(CancellationToken.None);
            while (_jobs.TryTake(out var lane))
            {
                more = true;
                if (!await RunAsync(pump, lane))
                {
                    return false;
                }

                await World.BetweenJobsAsync();
            }

            NextDue = await lanes.NextDueAsync();
        }

        return true;
    }

    /// <summary>A call that does not return, unless the process wakes up.</summary>
    public Task HangAsync()
    {
        _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Clock.Sleep();
        return _hanging.Task;
    }

    /// <summary>It goes on with the job in which it slept, whoever has its lane by now.</summary>
    public async Task WakeAsync(Pump pump)
    {
        if (Hung is { } job)
        {
            Clock.Wake();
            _hanging?.SetResult();
            await FinishAsync(pump, job);
        }
    }

    /// <summary>
    /// Its job never goes on. What is left can be another process that was started before: to build a host anew for each death is dear, and
    /// <see cref="CrashScenarios"/> does that.
    /// </summary>
    public void Die()
    {
        Clock.Die();
        (Lane, Token, Hung, _hanging) = (null, null, null, null);
        while (_jobs.TryTake(out _))
        {
            // Gone with the process.
        }
    }

    public void Dispose() => _server.Dispose();

    private async Task<bool> RunAsync(Pump pump, long lane)
    {
        (Lane, Token) = (lane, null);
        return await FinishAsync(pump, JobAsync(lane));
    }

    private async Task<bool> FinishAsync(Pump pump, Task job)
    {
        while (!job.IsCompleted)
        {
            await pump.IdleAsync();
            if (job.IsCompleted)
            {
                break;
            }

            if (IsHanging)
            {
                Hung = job;
                return false;
            }

            if (Clock.IsAwaited)
            {
                World.Clock.Advance(TimeSpan.FromSeconds(1));
            }
            else
            {
                // The SDK's own pauses go by the clock on the wall.
                await pump.OutsideAsync();
            }
        }

        (Lane, Hung) = (null, null);
        await job;
        return true;
    }

    private async Task JobAsync(long lane)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReconcileJob>().RunAsync(lane, CancellationToken.None);
    }

    // Last of all that is said about the client, so that no socket is opened.
    private static void Lead(WebApplicationBuilder builder, string client, Func<HttpRequestMessage, Task<HttpResponseMessage>> send) =>
        builder.Services.PostConfigure<HttpClientFactoryOptions>(
            client, options => options.HttpMessageHandlerBuilderActions.Add(b => b.PrimaryHandler = new InProcessHandler(send)));
}
