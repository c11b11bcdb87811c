using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.LoadBalancing;

/// <summary>Its targets are not kept here: they follow the running tasks of the services that name it.</summary>
internal sealed class TargetGroup(string name, string arn)
{
    public string Name { get; } = name;

    public string Arn { get; } = arn;

    /// <summary>CloudFormation's properties.</summary>
    public required JsonObject Properties { get; set; }

    public IReadOnlyList<JsonObject> Tags { get; set; } = [];
}
