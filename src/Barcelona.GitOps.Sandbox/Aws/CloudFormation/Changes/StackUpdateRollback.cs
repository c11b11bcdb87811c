using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

/// <summary>
/// UPDATE_ROLLBACK_IN_PROGRESS over its clean-up to UPDATE_ROLLBACK_COMPLETE, or UPDATE_ROLLBACK_FAILED when a resource will not go back.
/// </summary>
internal sealed class StackUpdateRollback(AwsRegion region, Stack stack)
{
    private readonly List<(StackResource Resource, ResourceSnapshot New)> _replacements = [];

    /// <param name="skip">Logical ids that are taken for rolled back although they are not (ContinueUpdateRollback).</param>
    public void Start(string reason, IReadOnlyList<string> skip)
    {
        var before = stack.Before ?? throw new InvalidOperationException($"Stack {stack.Name} has nothing to roll back to.");
        stack.Enter("UPDATE_ROLLBACK_IN_PROGRESS", reason);
        var stuck = region.Faults.ForRollback(stack.Name);
        var steps = before.Resources.Select(old => new ResourceStep(
            old.Key,
            stack.Resources.TryGetValue(old.Key, out var resource) ? resource.Needs : new HashSet<string>(),
            done => Revert(old.Key, old.Value, skip.Contains(old.Key), done))).ToList();
        if (stuck) steps.Insert(0, Stuck(before));
        var run = stack.Run = new ResourceRun(steps, run => Finished(before, run)) { Interrupted = Interrupt };
        region.Timeline.After(region.Timings.StackStep, run.Start);
    }

    private ResourceStep Stuck(StackBefore before)
    {
        // The resource that failed is the one that most likely will not go back either.
        var resource = stack.Resources.Values
            .FirstOrDefault(resource => resource.Status == "UPDATE_FAILED" && before.Resources.ContainsKey(resource.LogicalId))
            ?? stack.Resources.Values.First(resource => before.Resources.ContainsKey(resource.LogicalId));
        return new ResourceStep(resource.LogicalId + "/stuck", new HashSet<string>(), done =>
        {
            stack.Enter(resource, "UPDATE_IN_PROGRESS");
            stack.Enter(resource, "UPDATE_FAILED", "Resource handler returned message: \"Internal Failure\" (HandlerErrorCode: InternalFailure)");
            done("stuck");
        });
    }

    private void Revert(string logicalId, ResourceSnapshot old, bool skipped, Action<string?> done)
    {
        if (!stack.Resources.TryGetValue(logicalId, out var resource))
        {
            done(null);
            return;
        }
        if (skipped)
        {
            Restore(resource, old);
            stack.Enter(resource, "UPDATE_COMPLETE", "Resource skipped by the user");
            done(null);
            return;
        }
        if (resource.PhysicalId != old.PhysicalId && old.PhysicalId.Length > 0) ReturnToOld(resource, old, done);
        else if (ResourceProperties.Changed(resource.Properties, old.Properties).Count > 0 || resource.Status == "UPDATE_FAILED")
            new ResourceWork(region, stack, resource).Update(old.Properties, done);
        else done(null);
    }

    /// <summary>The old one still exists: only the replacement has to go, at the clean-up.</summary>
    private void ReturnToOld(StackResource resource, ResourceSnapshot old, Action<string?> done)
    {
        _replacements.Add((resource, resource.Snapshot()));
        stack.Enter(resource, "UPDATE_IN_PROGRESS");
        Restore(resource, old);
        stack.Enter(resource, "UPDATE_COMPLETE");
        done(null);
    }

    private static void Restore(StackResource resource, ResourceSnapshot old)
    {
        resource.PhysicalId = old.PhysicalId;
        resource.Properties = old.Properties;
        resource.Attributes = old.Attributes;
    }

    private void Interrupt(string logicalId)
    {
        var resource = stack.Resources[logicalId];
        resource.Work = null;
        stack.Enter(resource, "UPDATE_FAILED", "Resource update cancelled");
    }

    private void Finished(StackBefore before, ResourceRun run)
    {
        stack.Run = null;
        if (run.FailedIds.Count > 0)
        {
            stack.Enter("UPDATE_ROLLBACK_FAILED", FailureReasons.Of(stack, [.. run.FailedIds.Select(id => id.Split('/')[0])]));
            return;
        }
        stack.Definition = before.Definition;
        stack.Outputs = before.Outputs;
        stack.Enter("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
        CleanUp(before);
    }

    private void CleanUp(StackBefore before)
    {
        var created = stack.Resources.Values.Where(resource => !before.Resources.ContainsKey(resource.LogicalId)).ToList();
        var steps = created.Select(resource => new ResourceStep(
            resource.LogicalId,
            created.Where(other => other.Needs.Contains(resource.LogicalId)).Select(other => other.LogicalId).ToHashSet(),
            done => Remove(resource, done))).ToList();
        steps.AddRange(_replacements.Select(replacement => new ResourceStep(
            replacement.Resource.LogicalId, new HashSet<string>(), done => RemoveReplacement(replacement.Resource, replacement.New, done))));
        var run = stack.Run = new ResourceRun(steps, _ => Complete()) { StopsAtFailure = false };
        region.Timeline.After(region.Timings.StackStep, run.Start);
    }

    private void Remove(StackResource resource, Action<string?> done)
    {
        void Forget(string? failure)
        {
            stack.Resources.Remove(resource.LogicalId);
            done(failure);
        }

        if (resource.PhysicalId.Length == 0) Forget(null);
        else if (resource.DeletionPolicy == "Retain")
        {
            stack.Enter(resource, "DELETE_SKIPPED");
            Forget(null);
        }
        else new ResourceWork(region, stack, resource).Delete(resource.Snapshot(), Forget);
    }

    private void RemoveReplacement(StackResource resource, ResourceSnapshot replacement, Action<string?> done) =>
        new ResourceWork(region, stack, resource).Delete(replacement, failure =>
        {
            resource.Status = "UPDATE_COMPLETE";
            resource.StatusReason = null;
            done(failure);
        });

    private void Complete()
    {
        stack.Run = null;
        stack.Before = null;
        stack.Enter("UPDATE_ROLLBACK_COMPLETE");
    }
}
