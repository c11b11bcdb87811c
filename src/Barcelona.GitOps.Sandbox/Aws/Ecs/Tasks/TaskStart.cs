using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;

/// <summary>What must be there before a container starts: its log group, and every secret it names.</summary>
internal static class TaskStart
{
    /// <summary>The stopped reason, or null when the task can start.</summary>
    public static string? Refuse(AwsRegion region, EcsTask task)
    {
        foreach (var container in task.Containers)
        {
            var missing = container.Definition.Objects("secrets").Select(secret => secret.Text("valueFrom") ?? "")
                .FirstOrDefault(value => !Exists(region, value));
            if (missing is not null)
                return "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
                    + $"unable to retrieve secret from {(IsSecret(missing) ? "asm" : "ssm")}: ResourceNotFoundException: {missing}";
            var options = container.Definition.Object("logConfiguration")?.Object("options");
            if (TaskLogs.Group(container) is { } group && options?.Text("awslogs-create-group") != "true" && !region.Logs.Groups.ContainsKey(group))
                return "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: "
                    + "failed to create Cloudwatch log stream: "
                    + "ResourceNotFoundException: The specified log group does not exist. : exit status 1";
        }
        return null;
    }

    private static bool Exists(AwsRegion region, string valueFrom) => IsSecret(valueFrom)
        // arn:aws:secretsmanager:region:account:secret:name-suffix:json-key:stage:version
        ? region.Secrets.Find(string.Join(':', valueFrom.Split(':').Take(7))) is not null
        // An ARN has one slash less than the name of a parameter in a hierarchy.
        : region.Parameters.Find(ParameterName(valueFrom)) is not null
            || region.Parameters.Find("/" + ParameterName(valueFrom)) is not null;

    private static bool IsSecret(string valueFrom) => valueFrom.StartsWith("arn:aws:secretsmanager:", StringComparison.Ordinal);

    private static string ParameterName(string arn) => arn.Split(":parameter/")[^1];
}
