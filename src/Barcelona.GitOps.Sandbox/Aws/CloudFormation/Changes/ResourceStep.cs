namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>
/// One resource's part in a run. <paramref name="begin"/> gets a callback that takes null for success, or the reason of the failure.
/// </summary>
internal sealed class ResourceStep(string logicalId, IReadOnlySet<string> after, Action<Action<string?>> begin)
{
    public string LogicalId { get; } = logicalId;

    /// <summary>Steps of the same run that must have succeeded first.</summary>
    public IReadOnlySet<string> After { get; } = after;

    public Action<Action<string?>> Begin { get; } = begin;

    public ResourceStepState State { get; set; }
}
