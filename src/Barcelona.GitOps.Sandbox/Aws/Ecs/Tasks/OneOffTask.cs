using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;

/// <summary>A task that RunTask started.</summary>
/// <param name="Image">Of its first container.</param>
/// <param name="StoppedAt">Null: it goes on.</param>
/// <param name="Tags">Key to value.</param>
public sealed record OneOffTask(
    string Arn, string Family, string Image, string LaunchType, DateTimeOffset CreatedAt, DateTimeOffset? StoppedAt,
    IReadOnlyDictionary<string, string> Tags)
{
    internal static OneOffTask Of(EcsTask task) => new(
        task.Arn, task.Definition.Family, task.Containers[0].Image, task.LaunchType, task.CreatedAt, task.StoppedAt,
        task.Tags.ToDictionary(tag => tag.Text("key") ?? "", tag => tag.Text("value") ?? ""));
}
