using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>
/// Waits for the end of a commit to the platform repository: every district that it changed has a check, and all of them are completed.
/// </summary>
internal sealed class PlatformVerdict(SandboxRepository repository, string sha) : IVerdict
{
    private const string DistrictCheck = "barcelona/district/";

    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SandboxRepository Repository => repository;

    /// <summary>True: the districts are as the commit says.</summary>
    public Task<bool> Task => _done.Task;

    public void Look(SandboxChange change)
    {
        if (change.Repository != repository)
            return;
        var runs = repository.CheckRuns.Where(r => r.HeadSha == sha).ToList();
        if (runs.Exists(r => r.Status != "completed"))
            return;
        if (runs.Exists(r => r.Conclusion is not ("success" or "neutral" or "skipped")))
            _done.TrySetResult(false);
        else if (runs.Exists(r => r.Name.StartsWith(DistrictCheck, StringComparison.Ordinal)))
            _done.TrySetResult(true);
    }
}
