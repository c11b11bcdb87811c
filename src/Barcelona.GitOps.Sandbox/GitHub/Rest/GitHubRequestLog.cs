using System.Collections;

namespace Barcelona.GitOps.Sandbox.GitHub.Rest;

/// <summary>Every REST request, oldest first. Enumerating gives what there is at that moment.</summary>
public sealed class GitHubRequestLog : IEnumerable<GitHubRequest>
{
    private readonly Lock _gate = new();
    private readonly List<GitHubRequest> _requests = [];

    public IReadOnlyList<GitHubRequest> All
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>What changed something, or tried to.</summary>
    public IReadOnlyList<GitHubRequest> Writes => [.. All.Where(r => r.IsWrite)];

    public void Clear()
    {
        lock (_gate)
            _requests.Clear();
    }

    public IEnumerator<GitHubRequest> GetEnumerator() => All.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(GitHubRequest request)
    {
        lock (_gate)
            _requests.Add(request);
    }
}
