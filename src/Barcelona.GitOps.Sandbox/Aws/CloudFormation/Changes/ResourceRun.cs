namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>Takes steps in the order of their dependencies, independent ones at the same time, and says once how it ended.</summary>
internal sealed class ResourceRun(IReadOnlyList<ResourceStep> steps, Action<ResourceRun> finished)
{
    private readonly Dictionary<string, ResourceStep> _steps = steps.ToDictionary(step => step.LogicalId);
    private bool _over;

    /// <summary>Creations stop at the first failure; deletions go on with whatever does not depend on it.</summary>
    public bool StopsAtFailure { get; init; } = true;

    /// <summary>Told of each step that was running when the run stopped.</summary>
    public Action<string> Interrupted { get; init; } = _ => { };

    public IReadOnlyList<string> FailedIds => [.. steps.Where(step => step.State == ResourceStepState.Failed).Select(step => step.LogicalId)];

    public void Start() => Proceed();

    /// <summary>Ends without saying so: whoever cancels goes on with something else.</summary>
    public void Cancel()
    {
        _over = true;
        Interrupt();
    }

    private void Proceed()
    {
        while (!_over && steps.FirstOrDefault(Ready) is { } next)
        {
            next.State = ResourceStepState.Running;
            next.Begin(failure => Ended(next, failure));
        }
        if (_over || steps.Any(step => step.State == ResourceStepState.Running)) return;
        _over = true;
        finished(this);
    }

    private void Ended(ResourceStep step, string? failure)
    {
        if (_over) return;
        step.State = failure is null ? ResourceStepState.Succeeded : ResourceStepState.Failed;
        if (failure is not null && StopsAtFailure)
        {
            _over = true;
            Interrupt();
            finished(this);
            return;
        }
        Proceed();
    }

    private bool Ready(ResourceStep step) => step.State == ResourceStepState.Waiting
        && step.After.All(name => !_steps.TryGetValue(name, out var other) || other.State == ResourceStepState.Succeeded);

    private void Interrupt()
    {
        foreach (var step in steps.Where(step => step.State == ResourceStepState.Running))
        {
            step.State = ResourceStepState.Failed;
            Interrupted(step.LogicalId);
        }
    }
}
