using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Definitions;

internal sealed class TaskDefinitionRevision
{
    public required string Family { get; init; }

    public required int Revision { get; init; }

    public required string Arn { get; init; }

    /// <summary>As registered, with what ECS adds.</summary>
    public required JsonObject Content { get; init; }

    public List<JsonObject> Tags { get; set; } = [];

    /// <summary>ACTIVE or INACTIVE.</summary>
    public string Status { get; private set; } = "ACTIVE";

    public IEnumerable<JsonObject> Containers => Content.Objects("containerDefinitions");

    public JsonObject Describe()
    {
        var answer = Content.Copy();
        answer["status"] = Status;
        return answer;
    }

    public void Deregister(DateTimeOffset now)
    {
        Status = "INACTIVE";
        Content["deregisteredAt"] = now.Seconds();
    }
}
