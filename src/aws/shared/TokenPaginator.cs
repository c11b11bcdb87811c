using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace AwsClients.Wire;

/// <summary>Follows a continuation token until a page comes without one. Can be enumerated once, as in the official SDK.</summary>
internal sealed class TokenPaginator<TResponse>(Func<string?, CancellationToken, Task<TResponse>> requestPage, Func<TResponse, string?> nextToken)
    : IPaginator<TResponse>
{
    private int _isConsumed;

    async IAsyncEnumerable<TResponse> IPaginator<TResponse>.PaginateAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isConsumed, 1) != 0)
        {
            throw new InvalidOperationException("Paginator has already been consumed and cannot be reused. Please create a new instance.");
        }

        string? token = null;
        do
        {
            var page = await requestPage(token, cancellationToken).ConfigureAwait(false);
            token = nextToken(page);
            yield return page;
            cancellationToken.ThrowIfCancellationRequested();
        }
        while (!string.IsNullOrEmpty(token));
    }
}
