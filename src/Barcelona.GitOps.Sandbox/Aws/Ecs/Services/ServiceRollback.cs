namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Services;

/// <summary>
/// What the deployment circuit breaker does. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
/// </summary>
internal sealed class ServiceRollback(AwsRegion region, EcsService service)
{
    private const string Breaker = "ECS deployment circuit breaker";

    /// <summary>Ends a deployment whose tasks keep failing, and goes back to the last steady one if it may and there is one.</summary>
    public void Trip(EcsDeployment failed, bool rollBack)
    {
        End(failed, Breaker, "tasks failed to start.");
        failed.Record.StatusReason =
            $"Service deployment failed because the deployment circuit breaker was triggered: {failed.FailedTasks} tasks failed to start.";
        if (rollBack) GoBack(failed, $"{Breaker}: rolling back to deploymentId");
        else failed.Record.Status = "STOPPED";
    }

    /// <summary>A CloudWatch alarm that the deployment goes by went off.</summary>
    public void EndByAlarm(EcsDeployment running, string alarm, bool rollBack)
    {
        running.Record.TriggeredAlarms.Add(alarm);
        End(running, "ECS deployment alarms", "alarm detected.");
        running.Record.StatusReason = $"Service deployment failed because the alarm {alarm} was detected.";
        if (rollBack) GoBack(running, "ECS deployment alarms: rolling back to deploymentId");
        else running.Record.Status = "STOPPED";
    }

    /// <summary>StopServiceDeployment: somebody asked for it.</summary>
    public void Stop(EcsDeployment running, bool rollBack)
    {
        End(running, Breaker, "stopped by the user.");
        running.Record.StatusReason = "Service deployment was stopped by user request.";
        if (rollBack) GoBack(running, "ECS deployment stopped: rolling back to deploymentId");
        else running.Record.Status = "STOPPED";
    }

    /// <summary>Writes the end of a deployment, and of the rollback that led to it, into the records.</summary>
    public void Close(EcsDeployment completed)
    {
        foreach (var record in service.History.Select(deployment => deployment.Record).Where(record => record.FinishedAt is null))
        {
            if (record.Status == "ROLLBACK_IN_PROGRESS") record.Status = "ROLLBACK_SUCCESSFUL";
            else if (record == completed.Record) record.Status = "SUCCESSFUL";
            else if (record.Status == "IN_PROGRESS") record.Status = "STOPPED";
            record.FinishedAt = region.Now;
        }
    }

    private void End(EcsDeployment failed, string who, string why)
    {
        failed.RolloutState = "FAILED";
        failed.RolloutStateReason = $"{who}: {why}";
        failed.UpdatedAt = region.Now;
        service.Say(region.Now, $"(deployment {failed.Id}) deployment failed: {why}");
    }

    private void GoBack(EcsDeployment failed, string reason)
    {
        var target = service.History.Find(deployment => deployment != failed && deployment.WasCompleted);
        if (target is null)
        {
            failed.RolloutStateReason = $"{Breaker}: tasks failed to start. Rollback failed: no rollback candidate was found to run the rollback.";
            failed.Record.Status = "ROLLBACK_FAILED";
            failed.Record.FinishedAt = region.Now;
            return;
        }
        failed.Status = "ACTIVE";
        failed.Record.Status = "ROLLBACK_IN_PROGRESS";
        failed.Record.RollbackRevisionArn = target.RevisionArn;
        failed.Record.RollbackReason = failed.Record.StatusReason;
        failed.Record.RollbackStartedAt = region.Now;
        // The old deployment's tasks are still there: it becomes the primary one again instead of starting afresh.
        target.Status = "PRIMARY";
        target.RolloutState = "IN_PROGRESS";
        target.RolloutStateReason = $"{reason} {target.Id}.";
        target.UpdatedAt = region.Now;
        service.Deployments.Remove(target);
        service.Deployments.Insert(0, target);
        service.TaskDefinitionArn = target.TaskDefinitionArn;
        service.Say(region.Now, $"rolling back to deployment {target.Id}.");
    }
}
