using System.Collections.Concurrent;
using Barcelona.GitOps.GitHub.Http;

namespace Barcelona.GitOps.GitHub.Tokens;

/// <summary>Installation tokens, fetched when used and kept until shortly before they expire; one request at a time per scope.</summary>
public sealed class InstallationTokens
{
    private const int PruneAbove = 1_000;
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(5);

    private readonly GitHubApi _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<TokenScope, Slot> _slots = new();

    internal InstallationTokens(GitHubApi app, TimeProvider time) => (_app, _time) = (app, time);

    /// <exception cref="GitHubUnavailableException">GitHub cannot answer now.</exception>
    /// <exception cref="GitHubRefusedException">
    /// The installation is gone or suspended, does not reach the repository or lacks a permission.
    /// </exception>
    public async Task<InstallationToken> GetAsync(TokenScope scope, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(scope, _ => new());
        if (Usable(slot) is { } ready)
        {
            return ready;
        }

        await slot.Gate.WaitAsync(cancellationToken);
        try
        {
            return Usable(slot) ?? (slot.Token = await FetchAsync(scope, cancellationToken));
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>Forgets a token that GitHub no longer takes.</summary>
    public void Discard(TokenScope scope)
    {
        if (_slots.TryGetValue(scope, out var slot))
        {
            slot.Token = null;
        }
    }

    private async Task<InstallationToken> FetchAsync(TokenScope scope, CancellationToken cancellationToken)
    {
        var path = $"app/installations/{scope.Installation}/access_tokens";
        var answer = await _app.PostAsync<Answer>(path, TokenRequest.For(scope), cancellationToken);
        Prune();
        return new(new(answer.Token), answer.ExpiresAt);
    }

    private InstallationToken? Usable(Slot slot) => slot.Token is { } token && token.ExpiresAt - _time.GetUtcNow() > Renewal ? token : null;

    /// <summary>Repositories come and go; their tokens need not be remembered.</summary>
    private void Prune()
    {
        if (_slots.Count > PruneAbove)
        {
            foreach (var (scope, _) in _slots.Where(s => s.Value.Token is not null && Usable(s.Value) is null))
            {
                _slots.TryRemove(scope, out _);
            }
        }
    }

    private sealed class Slot
    {
        private volatile InstallationToken? _token;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public InstallationToken? Token { get => _token; set => _token = value; }
    }

    // A class, not a record: its text would be the token.
    private sealed class Answer
    {
        public required string Token { get; init; }

        public required DateTimeOffset ExpiresAt { get; init; }
    }
}
