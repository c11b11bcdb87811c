using Barcelona.GitOps.Sandbox.Aws.Ecs.Services;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws;

/// <summary>What somebody with a console sees, in the account and region of the options.</summary>
public sealed partial class SandboxAws
{
    public IReadOnlyList<SeenService> SeenServices => Seed(region =>
        region.Ecs.Clusters.Values.SelectMany(cluster => cluster.Services.Values).Where(service => service.Status == "ACTIVE").Select(See).ToList());

    /// <summary>Those that are not deleted.</summary>
    public IReadOnlyList<SeenStack> SeenStacks => Seed(region => region.Stacks.Live.Select(stack =>
    {
        var parameters = stack.Definition.Parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.Text);
        return new SeenStack(stack.Name, stack.Status, parameters) { Token = stack.Token };
    }).ToList());

    /// <summary>Names of log groups.</summary>
    public IReadOnlyList<string> SeenLogGroups => Seed(region => region.Logs.Groups.Keys.ToList());

    private static SeenService See(EcsService service)
    {
        var running = service.Tasks.Where(task => task is { LastStatus: "RUNNING", IsLive: true }).ToList();
        return new SeenService(service.Name, service.TaskDefinitionArn)
        {
            Desired = service.DesiredCount,
            IsSteady = service.Deployments.Count == 1 && service.Primary is { InProgress: false },
            RunningDefinitions = [.. running.Select(task => task.Definition.Arn)],
            RunningImages = [.. running.SelectMany(task => task.Definition.Containers).Select(container => container.Text("image") ?? "")],
        };
    }
}

/// <param name="TaskDefinition">The ARN of the revision that its newest deployment is of.</param>
public sealed record SeenService(string Name, string TaskDefinition)
{
    public int Desired { get; init; }

    /// <summary>There is one deployment, and it is done.</summary>
    public bool IsSteady { get; init; }

    /// <summary>One ARN for each task that runs and is to go on running.</summary>
    public IReadOnlyList<string> RunningDefinitions { get; init; } = [];

    /// <summary>As the task definitions name them.</summary>
    public IReadOnlyList<string> RunningImages { get; init; } = [];
}

/// <param name="Parameters">By name, as they were given or, after a rollback, as they were before.</param>
public sealed record SeenStack(string Name, string Status, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The client token of the operation that is going on, or was the last.</summary>
    public string? Token { get; init; }
}
