using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Barcelona.GitOps.Bench.Load;
using Barcelona.GitOps.Bench.Servers;
using Barcelona.GitOps.Sandbox.Git;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.GitHub.Webhooks;

namespace Barcelona.GitOps.Bench.Measurements.Storm;

/// <summary>
/// The commits are made and the webhooks signed beforehand, so that the storm measures the service and not the sandbox's git. When a push is sent
/// its branch is moved first, as GitHub does: whoever looks at the live head sees what was pushed so far.
/// </summary>
internal sealed class StormPushes
{
    private const int Repositories = 100, PushesOfEach = 100, Connections = 32;
    private const string Branch = "refs/heads/main";

    private static readonly JsonSerializerOptions Compact = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private readonly List<PreparedRepository> _repositories;

    private StormPushes(List<PreparedRepository> repositories) => _repositories = repositories;

    public int NotAccepted { get; private set; }

    public static StormPushes Prepare(Stage stage)
    {
        var repositories = Enumerable.Range(0, Repositories)
            .Select(number => stage.Host.GitHub.CreateRepository("acme", Name(number), isPrivate: true)).ToList();
        return new([.. repositories.AsParallel().AsOrdered().Select((repository, number) => PreparedRepository.Prepare(repository, number))]);
    }

    public async Task SendAsync(Uri url, CancellationToken stop)
    {
        var refused = await Task.WhenAll(Enumerable.Range(0, Connections).Select(number => SendAsync(url, number, stop)));
        NotAccepted = refused.Sum();
    }

    /// <summary>The pushes of one repository go over one connection: they arrive in their order.</summary>
    private async Task<int> SendAsync(Uri url, int number, CancellationToken stop)
    {
        var own = _repositories.Where((_, index) => index % Connections == number).ToList();
        using var connection = await LoadConnection.OpenAsync(url);
        for (var push = 0; push < PushesOfEach; push++)
        {
            foreach (var repository in own)
            {
                stop.ThrowIfCancellationRequested();
                var (sha, request) = repository.Pushes[push];
                repository.Repository.Git.UpdateReference(Branch, sha);
                await connection.SendOnceAsync(request);
            }
        }

        return connection.Refused;
    }

    public int NotAtHead() => _repositories.Count(prepared =>
        !prepared.Repository.CheckRuns.Any(check => check.HeadSha == prepared.Pushes[^1].Sha && check.Conclusion == "success"));

    private static string Name(int number) => $"app-{number:000}";

    private sealed record PreparedRepository(SandboxRepository Repository, IReadOnlyList<(string Sha, SignedRequest Request)> Pushes)
    {
        public static PreparedRepository Prepare(SandboxRepository repository, int number)
        {
            var github = repository.GitHub;
            var pusher = repository.DefaultPusher;
            var pushes = new List<(string, SignedRequest)>();
            string? before = null;
            for (var push = 0; push < PushesOfEach; push++)
            {
                GitFile[] files = [new("barcelona.yml", File(number)), new("README", $"{push}\n")];
                var sha = repository.Git.CreateCommit(
                    before, files, $"Change {push}", new("octocat", "octocat@users.noreply.github.com", github.Now));
                var happened = PushEvents.Push(repository, new(Branch, before, sha), pusher);
                var body = Encoding.UTF8.GetBytes(happened.Payload.ToJsonString(Compact));
                pushes.Add((sha, SignedRequest.Of(body, github.WebhookSecret)));
                before = sha;
            }

            return new(repository, pushes);
        }

        private static string File(int number) => $$"""
            environments:
              production:
                name: {{Name(number)}}
                district: default
                image_name: acme/{{Name(number)}}
                services:
                  - name: worker
                    cpu: 32
                    memory: 128
                    command: bin/work

            """;
    }
}
