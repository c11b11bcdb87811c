using Barcelona.GitOps.Sandbox.Aws.Logs;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;

/// <summary>What the awslogs driver does: the stream is <c>prefix/container/task-id</c>.</summary>
internal static class TaskLogs
{
    public static void Write(AwsRegion region, EcsTask task, EcsContainer container, IReadOnlyList<string> lines)
    {
        if (Group(container) is not { } group || lines.Count == 0) return;
        var prefix = container.Definition.Object("logConfiguration")?.Object("options")?.Text("awslogs-stream-prefix");
        var stream = prefix is null ? container.RuntimeId : $"{prefix}/{container.Name}/{task.Id}";
        region.Logs.Write(group, stream, lines.Select(line => new LogEvent(region.Now, region.Now, TaskVariables.Expand(region, container, line))));
    }

    public static string? Group(EcsContainer container)
    {
        var configuration = container.Definition.Object("logConfiguration");
        return configuration?.Text("logDriver") == "awslogs" ? configuration.Object("options")?.Text("awslogs-group") : null;
    }
}
