using System.Collections.Concurrent;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Registries;
using Barcelona.GitOps.Slack;
using Barcelona.GitOps.Tests.Aws;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Barcelona.GitOps.Tests.Scenarios.Crashes;

/// <summary>A call that leaves the process, to GitHub or AWS.</summary>
internal sealed record OutsideCall(string What, bool IsWrite);

/// <param name="Number">Which of the worker's calls, counted from 0.</param>
/// <param name="Happened">The call reaches the other side, and its answer nobody; else it is never made.</param>
internal sealed record CrashPoint(int Number, bool Happened)
{
    /// <summary>Of a read nobody can tell afterwards whether it reached the other side.</summary>
    public static bool[] Fates(OutsideCall call) => call.IsWrite ? [false, true] : [false];
}

/// <summary>
/// One worker process as far as it can be ended inside a test: from its death on its clock stands still and the call it died at never returns.
/// </summary>
internal sealed class WorkerLife(CrashPoint? death = null)
{
    private readonly ConcurrentQueue<OutsideCall> _calls = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _lines = new();
    private WorkerClock? _clock;
    private int _count = -1;

    /// <summary>It is written down whatever is logged, at whatever level and by whomever.</summary>
    public bool HearsAll { get; init; }

    /// <summary>With <see cref="HearsAll"/>: every line.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    public IReadOnlyList<OutsideCall> Calls => [.. _calls];

    /// <summary>What was logged as an error.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    public Task Death => _died.Task;

    public void Wire(WebApplicationBuilder builder, WorkerClock clock)
    {
        _clock = clock;
        builder.Services.AddHttpClient(AwsSetup.HttpClientName).AddHttpMessageHandler(() => new MortalWire(this, AwsCallAsync));
        builder.Services.AddHttpClient(ApiFactory.HttpClientName).AddHttpMessageHandler(() => new MortalWire(this, GitHubCallAsync));
        builder.Services.AddHttpClient(RegistriesSetup.HttpClientName).AddHttpMessageHandler(() => new MortalWire(this, RegistryCallAsync));
        builder.Services.AddHttpClient(SlackSetup.HttpClientName).AddHttpMessageHandler(() => new MortalWire(this, SlackCallAsync));
        builder.Logging.AddProvider(new ErrorLog(_errors, _lines));
        if (HearsAll)
        {
            builder.Logging.AddFilter<ErrorLog>(_ => true);
        }
    }

    private async Task<HttpResponseMessage> CallAsync(OutsideCall call, Func<Task<HttpResponseMessage>> send)
    {
        _calls.Enqueue(call);
        var isLast = Interlocked.Increment(ref _count) == death?.Number;
        if (isLast && death is { Happened: false })
        {
            await DieAsync();
        }

        var answer = await send();
        if (isLast)
        {
            await DieAsync();
        }

        return answer;
    }

    private Task DieAsync()
    {
        // The dead renew no lease.
        _clock?.Sleep();
        _died.TrySetResult();
        return new TaskCompletionSource().Task;
    }

    private static async Task<OutsideCall> AwsCallAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = await WireTap.CallOf(request, cancellationToken);
        return new($"aws {call.Operation}", call.IsWrite);
    }

    private static Task<OutsideCall> GitHubCallAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new OutsideCall($"github {request.Method} {request.RequestUri?.AbsolutePath}", request.Method != HttpMethod.Get));

    private static Task<OutsideCall> RegistryCallAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new OutsideCall($"registry {request.Method} {request.RequestUri?.AbsolutePath}", IsWrite: false));

    private static Task<OutsideCall> SlackCallAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new OutsideCall("slack", IsWrite: true));

    private sealed class MortalWire(WorkerLife life, Func<HttpRequestMessage, CancellationToken, Task<OutsideCall>> read) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            await life.CallAsync(await read(request, cancellationToken), () => base.SendAsync(request, cancellationToken));
    }

    private sealed class ErrorLog(ConcurrentQueue<string> errors, ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lines.Enqueue($"{formatter(state, exception)} {exception}".TrimEnd());
            if (logLevel >= LogLevel.Error)
            {
                errors.Enqueue($"{formatter(state, exception)} {exception?.Message}".TrimEnd());
            }
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>The worker has come to the point at which it was to die.</summary>
internal sealed class WorkerDiedException : Exception;
