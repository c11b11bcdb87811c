using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.GitHub;

public sealed record SandboxDeploymentStatus(long Id, string State, string Description)
{
    public string LogUrl { get; init; } = "";
    public string EnvironmentUrl { get; init; } = "";
    public string Environment { get; init; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Statuses are oldest first; the last one is what GitHub shows.</summary>
public sealed record SandboxDeployment
{
    public required long Id { get; init; }
    public required string Ref { get; init; }
    public required string Sha { get; init; }
    public required string Task { get; init; }
    public required string Environment { get; init; }
    public string? Description { get; init; }
    public JsonNode? Payload { get; init; }
    public bool Transient { get; init; }
    public bool Production { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public IReadOnlyList<SandboxDeploymentStatus> Statuses { get; init; } = [];
}
