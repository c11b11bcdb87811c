using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>Deletes resources of a stack, each after those that need it.</summary>
internal sealed class ResourceDeletions(AwsRegion region, Stack stack)
{
    /// <param name="retain">Logical ids that are forgotten without being deleted.</param>
    /// <param name="stuck">Makes the first deletion fail: the fault "a rollback gets stuck".</param>
    public ResourceRun Run(IReadOnlySet<string> retain, bool stuck, Action<ResourceRun> finished)
    {
        var resources = stack.Resources.Values.Where(resource => resource.Status != "DELETE_COMPLETE").ToList();
        var stuckId = stuck ? resources.Find(resource => resource.PhysicalId.Length > 0)?.LogicalId : null;
        var steps = resources.Select(resource => new ResourceStep(
            resource.LogicalId,
            resources.Where(other => other.Needs.Contains(resource.LogicalId)).Select(other => other.LogicalId).ToHashSet(),
            done => Begin(resource, Kept(resource, retain), resource.LogicalId == stuckId, done))).ToList();
        return new ResourceRun(steps, finished) { StopsAtFailure = false };
    }

    private bool Kept(StackResource resource, IReadOnlySet<string> retain) => retain.Contains(resource.LogicalId)
        || resource.DeletionPolicy == "Retain"
        || (resource.DeletionPolicy == "RetainExceptOnCreate" && !stack.Status.StartsWith("ROLLBACK", StringComparison.Ordinal));

    private void Begin(StackResource resource, bool kept, bool stuck, Action<string?> done)
    {
        if (resource.PhysicalId.Length == 0 || kept)
        {
            if (kept && resource.PhysicalId.Length > 0) stack.Enter(resource, "DELETE_SKIPPED");
            stack.Resources.Remove(resource.LogicalId);
            done(null);
            return;
        }
        if (stuck)
        {
            stack.Enter(resource, "DELETE_IN_PROGRESS");
            stack.Enter(resource, "DELETE_FAILED", "Resource handler returned message: \"Internal Failure\" (HandlerErrorCode: InternalFailure)");
            done("stuck");
            return;
        }
        new ResourceWork(region, stack, resource).Delete(resource.Snapshot(), done);
    }
}
