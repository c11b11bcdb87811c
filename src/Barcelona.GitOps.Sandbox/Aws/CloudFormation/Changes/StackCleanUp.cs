using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>
/// Takes away what an update has left over: resources that the template no longer has, and the old ones of those that were replaced.
/// A failure here shows in the events and does not fail the stack.
/// </summary>
internal sealed class StackCleanUp(AwsRegion region, Stack stack)
{
    public void Start(Action finished)
    {
        var evaluator = new TemplateEvaluator(stack.Definition.Template, new StackNames(region, stack, stack.Definition));
        var wanted = stack.Definition.Template.Resources.Values.Where(evaluator.IsActive).Select(resource => resource.LogicalId).ToHashSet();
        var removed = stack.Resources.Values.Where(resource => !wanted.Contains(resource.LogicalId)).ToList();
        var steps = removed.Select(resource => new ResourceStep(
            resource.LogicalId,
            removed.Where(other => other.Needs.Contains(resource.LogicalId)).Select(other => other.LogicalId).ToHashSet(),
            done => Remove(resource, done))).ToList();
        steps.AddRange(Replaced().Select(step => step));
        var run = stack.Run = new ResourceRun(steps, _ =>
        {
            stack.Run = null;
            stack.Before = null;
            finished();
        })
        { StopsAtFailure = false };
        region.Timeline.After(region.Timings.StackStep, run.Start);
    }

    private IEnumerable<ResourceStep> Replaced()
    {
        if (stack.Before is not { } before) yield break;
        foreach (var (logicalId, old) in before.Resources)
        {
            if (old.PhysicalId.Length == 0 || !stack.Resources.TryGetValue(logicalId, out var resource) || resource.PhysicalId == old.PhysicalId)
                continue;
            yield return new ResourceStep(logicalId, new HashSet<string>(), done => RemoveOld(resource, old, done));
        }
    }

    private void Remove(StackResource resource, Action<string?> done)
    {
        if (resource.DeletionPolicy != "Delete" || resource.PhysicalId.Length == 0)
        {
            if (resource.PhysicalId.Length > 0) stack.Enter(resource, "DELETE_SKIPPED");
            stack.Resources.Remove(resource.LogicalId);
            done(null);
            return;
        }
        new ResourceWork(region, stack, resource).Delete(resource.Snapshot(), failure =>
        {
            stack.Resources.Remove(resource.LogicalId);
            done(failure);
        });
    }

    private void RemoveOld(StackResource resource, ResourceSnapshot old, Action<string?> done)
    {
        if (resource.UpdateReplacePolicy == "Retain")
        {
            done(null);
            return;
        }
        new ResourceWork(region, stack, resource).Delete(old, failure =>
        {
            // The events told of the old one; the resource itself is the new one, and complete.
            resource.Status = "UPDATE_COMPLETE";
            resource.StatusReason = null;
            done(failure);
        });
    }
}
