using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.LoadBalancing;

internal sealed class ListenerRule(string arn)
{
    public string Arn { get; } = arn;

    public required int Priority { get; set; }

    public required JsonObject Properties { get; set; }

    public IReadOnlyList<JsonObject> Tags { get; set; } = [];
}
