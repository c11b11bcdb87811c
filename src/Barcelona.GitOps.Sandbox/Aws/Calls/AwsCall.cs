using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Calls;

/// <summary>One call and how it was answered.</summary>
public sealed record AwsCall
{
    /// <summary>Endpoint prefix in lower case: <c>cloudformation</c>, <c>ecs</c>, <c>elasticloadbalancing</c>…</summary>
    public required string Service { get; init; }

    public required string Operation { get; init; }

    /// <summary>Whether the operation can change anything, by its name.</summary>
    public required bool IsWrite { get; init; }

    /// <summary>The parameters, folded into JSON in every protocol. Values of the query protocol are text.</summary>
    public required JsonObject Request { get; init; }

    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>The role whose session the call is signed with; null: the caller's own credentials.</summary>
    public string? RoleArn { get; init; }

    /// <summary>0 when no answer was sent: the call timed out or its connection was dropped.</summary>
    public required int StatusCode { get; init; }

    public string? ErrorCode { get; init; }

    public required DateTimeOffset At { get; init; }

    public override string ToString() => $"{Service}:{Operation} {StatusCode}{(ErrorCode is null ? "" : " " + ErrorCode)}";
}
