using Barcelona.GitOps.Git;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Scenarios.Histories.Machinery;

internal enum Outside { Aws, GitHub, Registry }

/// <summary>What is around a process of the service.</summary>
internal interface IWorkerWorld
{
    FakeTimeProvider Clock { get; }

    IManifestSource Git { get; }

    /// <summary>Of what the service logs.</summary>
    LogLevel LogLevel { get; }

    /// <summary>A job has come to its end.</summary>
    Task BetweenJobsAsync();

    Task<HttpResponseMessage> CallAsync(HistoryWorker worker, Outside side, HttpRequestMessage request);
}
