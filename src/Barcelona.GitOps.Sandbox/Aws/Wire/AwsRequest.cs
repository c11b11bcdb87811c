using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>A call as read off the wire; parameters are one JSON object in every protocol.</summary>
internal sealed record AwsRequest
{
    /// <summary>Endpoint prefix in lower case: <c>cloudformation</c>, <c>ecs</c>, <c>elasticloadbalancing</c>…</summary>
    public required string Service { get; init; }

    public required string Operation { get; init; }

    public required WireProtocol Protocol { get; init; }

    public required JsonObject Parameters { get; init; }

    public required CredentialScope Scope { get; init; }
}
