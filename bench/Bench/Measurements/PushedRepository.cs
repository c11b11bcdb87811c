using System.Collections.Concurrent;
using Barcelona.GitOps.Bench.Servers;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Sandbox.Run;

namespace Barcelona.GitOps.Bench.Measurements;

/// <summary>A repository with a developer's clone of it.</summary>
internal sealed class PushedRepository(Stage stage, SandboxRepository repository, WorkingCopy clone, string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private int _pushes;

    public static async Task<PushedRepository> CreateAsync(Stage stage, string name, string barcelonaYml, CancellationToken stop)
    {
        var repository = stage.Host.GitHub.CreateRepository("acme", name, isPrivate: true);
        var (example, folder) = (Path.Combine(stage.Workspace.Root, $"{name}-example"), Path.Combine(stage.Workspace.Root, $"{name}-clone"));
        Directory.CreateDirectory(example);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(example, "barcelona.yml"), barcelonaYml, stop);
        var clone = new WorkingCopy(folder);
        await clone.CreateAsync(example, repository.CloneUrl, stop);
        return new(stage, repository, clone, folder);
    }

    /// <summary>Commits something that barcelona.yml does not say, pushes it, and watches until nobody calls any more.</summary>
    public async Task<ObservedPush> PushAsync(TimeProvider clock, CancellationToken stop)
    {
        var sha = await CommitAsync(stop);
        var seen = new ConcurrentDictionary<Type, DateTimeOffset>();
        var verdict = new DeployVerdict(repository, sha);
        var (github, aws) = (stage.Host.GitHub, stage.Host.Aws);
        void Look(SandboxChange change)
        {
            if (change.Repository == repository && change is Pushed or CheckRunChanged)
                seen.TryAdd(change.GetType(), clock.GetUtcNow());
            verdict.Look(change);
        }

        var (awsBefore, gitHubBefore) = (aws.Calls.Count, github.Requests.All.Count);
        github.Changed += Look;
        try
        {
            await clone.PushAsync(stop);
            if (!await verdict.Task.WaitAsync(Patience, clock, stop))
                throw new InvalidOperationException($"The deploy failed: {repository.CheckRuns[^1].Title}");
        }
        finally
        {
            github.Changed -= Look;
        }

        var (pushed, concluded) = (seen[typeof(Pushed)], clock.GetUtcNow());
        await SilenceAsync(clock, stop);
        var (calls, requests) = (aws.Calls.Snapshot().Skip(awsBefore).ToList(), github.Requests.All.Skip(gitHubBefore).ToList());
        return new()
        {
            ToCheck = (seen[typeof(CheckRunChanged)] - pushed).TotalSeconds,
            ToWrite = calls.Find(call => call.IsWrite) is { } write ? (write.At - pushed).TotalSeconds : null,
            ToVerdict = (concluded - pushed).TotalSeconds,
            AwsCalls = calls.Count,
            AwsWrites = calls.Count(call => call.IsWrite),
            GitHubCalls = requests.Count,
            GitHubWrites = requests.Count(request => request.IsWrite),
        };
    }

    /// <summary>The same without watching for more than the verdict.</summary>
    /// <returns>True: deployed.</returns>
    public async Task<bool> PushToVerdictAsync(TimeSpan patience, TimeProvider clock, CancellationToken stop)
    {
        var verdict = new DeployVerdict(repository, await CommitAsync(stop));
        stage.Host.GitHub.Changed += verdict.Look;
        try
        {
            await clone.PushAsync(stop);
            return await verdict.Task.WaitAsync(patience, clock, stop);
        }
        finally
        {
            stage.Host.GitHub.Changed -= verdict.Look;
        }
    }

    private async Task<string> CommitAsync(CancellationToken stop)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "README"), $"{++_pushes}\n", stop);
        return await clone.CommitAsync($"Change {_pushes}", stop);
    }

    private async Task SilenceAsync(TimeProvider clock, CancellationToken stop)
    {
        for (var before = -1; before != Calls();)
        {
            before = Calls();
            await Task.Delay(Silence, clock, stop);
        }
    }

    private int Calls() => stage.Host.Aws.Calls.Count + stage.Host.GitHub.Requests.All.Count;
}

/// <summary>Times in seconds from the moment at which GitHub had the push.</summary>
internal sealed record ObservedPush
{
    public required double ToCheck { get; init; }

    /// <summary>Null: nothing was written.</summary>
    public required double? ToWrite { get; init; }

    public required double ToVerdict { get; init; }

    public required int AwsCalls { get; init; }

    public required int AwsWrites { get; init; }

    public required int GitHubCalls { get; init; }

    public required int GitHubWrites { get; init; }
}
