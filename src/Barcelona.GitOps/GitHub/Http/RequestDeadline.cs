namespace Barcelona.GitOps.GitHub.Http;

/// <summary>Gives up on one attempt by the clock that tests can drive. GitHub itself ends what takes it longer than ten seconds.</summary>
internal sealed class RequestDeadline(TimeProvider time) : DelegatingHandler
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await base.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {Limit.TotalSeconds:F0} s", e);
        }
    }
}
