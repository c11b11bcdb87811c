using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Services;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs;

internal sealed class EcsCluster(string name, string arn)
{
    public string Name { get; } = name;

    public string Arn { get; } = arn;

    public string Status { get; set; } = "ACTIVE";

    public List<JsonObject> Tags { get; set; } = [];

    public List<string> CapacityProviders { get; set; } = [];

    public List<JsonObject> DefaultStrategy { get; set; } = [];

    /// <summary>ARNs of EC2 instances that tasks of launch type EC2 are placed on. How much fits on one is not looked at.</summary>
    public List<string> Instances { get; } = [];

    /// <summary>Inactive ones stay, as in AWS for a while.</summary>
    public Dictionary<string, EcsService> Services { get; } = [];

    public List<EcsTask> Tasks { get; } = [];

    /// <summary>All that RunTask ever started.</summary>
    public List<EcsTask> OneOffs { get; } = [];

    /// <summary>What RunTask answered to a client token.</summary>
    public Dictionary<string, RunAnswer> RunTokens { get; } = [];
}

internal sealed record RunAnswer(DateTimeOffset At, JsonObject Request, IReadOnlyList<EcsTask> Tasks);
