using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Services;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Api;

/// <summary>The service-deployment and service-revision calls.</summary>
internal static class DeploymentOperations
{
    public static JsonObject List(AwsRegion region, JsonObject request)
    {
        var service = ServiceOperations.Get(region, request, "service");
        var wanted = request.Texts("status").ToHashSet();
        var found = service.History.Where(deployment => wanted.Count == 0 || wanted.Contains(deployment.Record.Status));
        return Pages.Cut(request, [.. found.Select(Brief)], "serviceDeployments", request.Number("maxResults") ?? 20);
    }

    public static JsonObject Describe(AwsRegion region, JsonObject request)
    {
        var known = All(region).ToDictionary(deployment => deployment.Record.Arn);
        var arns = request.Texts("serviceDeploymentArns").ToList();
        return new JsonObject
        {
            ["serviceDeployments"] = arns.Where(known.ContainsKey).Select(arn => Full(known[arn])).ToJsonArray(),
            ["failures"] = arns.Where(arn => !known.ContainsKey(arn)).Select(ClusterOperations.Missing).ToJsonArray(),
        };
    }

    public static JsonObject Stop(AwsRegion region, JsonObject request)
    {
        var arn = request.Text("serviceDeploymentArn");
        var deployment = All(region).FirstOrDefault(deployment => deployment.Record.Arn == arn)
            ?? throw new AwsErrorException("ServiceDeploymentNotFoundException", "Service deployment not found.");
        if (!deployment.InProgress || deployment.Status != "PRIMARY")
            throw new AwsErrorException("ConflictException", "The service deployment is not in progress.");
        new ServiceRollback(region, deployment.Service).Stop(deployment, (request.Text("stopType") ?? "ROLLBACK") == "ROLLBACK");
        new ServiceScheduler(region, deployment.Service).Look();
        return new JsonObject { ["serviceDeploymentArn"] = arn };
    }

    public static JsonObject DescribeRevisions(AwsRegion region, JsonObject request)
    {
        var known = All(region).ToDictionary(deployment => deployment.RevisionArn);
        var arns = request.Texts("serviceRevisionArns").ToList();
        return new JsonObject
        {
            ["serviceRevisions"] = arns.Where(known.ContainsKey).Select(arn => Revision(known[arn])).ToJsonArray(),
            ["failures"] = arns.Where(arn => !known.ContainsKey(arn)).Select(ClusterOperations.Missing).ToJsonArray(),
        };
    }

    private static IEnumerable<EcsDeployment> All(AwsRegion region) =>
        region.Ecs.Clusters.Values.SelectMany(cluster => cluster.Services.Values).SelectMany(service => service.History);

    private static JsonObject Brief(EcsDeployment deployment)
    {
        var record = deployment.Record;
        return new JsonObject
        {
            ["serviceDeploymentArn"] = record.Arn,
            ["serviceArn"] = deployment.Service.Arn,
            ["clusterArn"] = deployment.Service.Cluster.Arn,
            ["createdAt"] = record.CreatedAt.Seconds(),
            ["startedAt"] = record.CreatedAt.Seconds(),
            ["finishedAt"] = record.FinishedAt?.Seconds(),
            ["targetServiceRevisionArn"] = record.TargetRevisionArn,
            ["status"] = record.Status,
            ["statusReason"] = record.StatusReason,
        };
    }

    private static JsonObject Full(EcsDeployment deployment)
    {
        var (record, service) = (deployment.Record, deployment.Service);
        var answer = Brief(deployment);
        answer.Remove("targetServiceRevisionArn");
        answer["sourceServiceRevisions"] = record.SourceRevisionArn is { } source ? new JsonArray(Counts(service, source)) : [];
        answer["targetServiceRevision"] = Counts(service, record.TargetRevisionArn);
        answer["deploymentConfiguration"] = ServiceDescriptions.Configuration(service);
        answer["deploymentCircuitBreaker"] = new JsonObject
        {
            ["status"] = BreakerStatus(service, record),
            ["failureCount"] = record.FailureCount,
            ["threshold"] = service.BreakerThreshold,
        };
        answer["alarms"] = Alarms(deployment);
        if (record.RollbackStartedAt is { } startedAt)
        {
            answer["rollback"] = new JsonObject
            {
                ["reason"] = record.RollbackReason,
                ["startedAt"] = startedAt.Seconds(),
                ["serviceRevisionArn"] = record.RollbackRevisionArn,
            };
        }
        return answer;
    }

    private static JsonObject Alarms(EcsDeployment deployment) => new()
    {
        ["status"] = deployment switch
        {
            { Watched.Count: 0 } => "DISABLED",
            { Record.TriggeredAlarms.Count: > 0 } => "TRIGGERED",
            { Record.FinishedAt: null } => "MONITORING",
            _ => "MONITORING_COMPLETE",
        },
        ["alarmNames"] = deployment.Watched.ToJsonArray(),
        ["triggeredAlarmNames"] = deployment.Record.TriggeredAlarms.ToJsonArray(),
    };

    private static string BreakerStatus(EcsService service, ServiceDeployment record) => record switch
    {
        _ when service.CircuitBreaker is null => "DISABLED",
        _ when record.Status.StartsWith("ROLLBACK", StringComparison.Ordinal) && record.TriggeredAlarms.Count == 0 => "TRIGGERED",
        { FinishedAt: null } => "MONITORING",
        _ => "MONITORING_COMPLETE",
    };

    private static JsonObject Counts(EcsService service, string revisionArn)
    {
        var tasks = service.Tasks.Where(task => task.Deployment?.RevisionArn == revisionArn).ToList();
        return new JsonObject
        {
            ["arn"] = revisionArn,
            ["requestedTaskCount"] = service.DesiredCount,
            ["runningTaskCount"] = tasks.Count(task => task.LastStatus == "RUNNING"),
            ["pendingTaskCount"] = tasks.Count(task => task.IsLive && task.LastStatus != "RUNNING"),
        };
    }

    private static JsonObject Revision(EcsDeployment deployment) => new()
    {
        ["serviceRevisionArn"] = deployment.RevisionArn,
        ["serviceArn"] = deployment.Service.Arn,
        ["clusterArn"] = deployment.Service.Cluster.Arn,
        ["taskDefinition"] = deployment.TaskDefinitionArn,
        ["launchType"] = deployment.Service.LaunchType,
        ["createdAt"] = deployment.CreatedAt.Seconds(),
    };
}
