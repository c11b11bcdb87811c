using Barcelona.GitOps.Aws;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.Storage;
using Hangfire;

namespace Barcelona.GitOps.Web;

/// <param name="Trouble">Null: it answers. Only the kind of failure: the page is open to everybody.</param>
internal sealed record ReadinessCheck(string Name, string? Trouble);

/// <summary>
/// Asks what the service stands on, each within a few seconds, and remembers the answer for a moment: the page is open to everybody.
/// </summary>
internal sealed class Readiness(Database database, JobStorage jobs, GitHubHealth gitHub, AwsHealth aws, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1, 1);
    private (DateTimeOffset At, ReadinessCheck[] Checks)? _last;

    public async Task<IReadOnlyList<ReadinessCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_last is { } last && clock.GetUtcNow() - last.At < Remembered)
            {
                return last.Checks;
            }

            var checks = await Task.WhenAll(
                AskAsync("database", database.PingAsync, cancellationToken),
                AskAsync("queue", PingQueueAsync, cancellationToken),
                AskAsync("github", gitHub.PingAsync, cancellationToken),
                AskAsync("aws", aws.PingAsync, cancellationToken));
            _last = (clock.GetUtcNow(), checks);
            return checks;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<ReadinessCheck> AskAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await ask(both.Token).WaitAsync(both.Token);
            return new(name, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(name, $"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            // A readiness probe reports whatever it is; the message could name hosts or accounts, the type does not.
            return new(name, trouble.GetType().Name);
        }
    }

    private Task PingQueueAsync(CancellationToken cancellationToken) =>
        Task.Run(() => jobs.GetMonitoringApi().GetStatistics(), cancellationToken);
}
