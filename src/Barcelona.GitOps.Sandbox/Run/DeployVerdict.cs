using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>
/// Waits for the end of a commit's deploy: a final deployment status with its check completed, or a check that failed before any
/// deployment was made, as a broken file does.
/// </summary>
internal sealed class DeployVerdict(SandboxRepository repository, string sha) : IVerdict
{
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SandboxRepository Repository => repository;

    /// <summary>True: deployed.</summary>
    public Task<bool> Task => _done.Task;

    public void Look(SandboxChange change)
    {
        if (change.Repository != repository)
            return;
        var runs = repository.CheckRuns.Where(r => r.HeadSha == sha).ToList();
        if (runs.Count == 0 || runs.Any(r => r.Status != "completed"))
            return;
        var deployments = repository.Deployments.Where(d => d.Sha == sha).ToList();
        if (runs.Any(r => r.Conclusion is not ("success" or "neutral" or "skipped")))
            _done.TrySetResult(false);
        else if (deployments.Count > 0 && deployments.All(d => d.Statuses is [.., { State: "success" or "failure" or "error" or "inactive" }]))
            _done.TrySetResult(deployments.All(d => d.Statuses[^1].State == "success"));
    }
}
