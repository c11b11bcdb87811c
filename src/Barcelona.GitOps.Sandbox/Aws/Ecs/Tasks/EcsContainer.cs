using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;

internal sealed class EcsContainer(JsonObject definition)
{
    public JsonObject Definition { get; } = definition;

    public string Name { get; } = (string?)definition["name"] ?? "";

    public string Image { get; } = (string?)definition["image"] ?? "";

    public bool Essential { get; } = (bool?)definition["essential"] ?? true;

    public string RuntimeId { get; } = Identifiers.Hex(32);

    public string LastStatus { get; set; } = "PENDING";

    public int? ExitCode { get; set; }

    public string? Reason { get; set; }
}
