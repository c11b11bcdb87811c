using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Faults;

/// <summary>Which calls a fault meets.</summary>
public sealed record FaultMatch(string Service, string Operation = FaultMatch.Any)
{
    public const string Any = "*";

    /// <summary>Narrows by the request's parameters.</summary>
    public Func<JsonObject, bool>? When { get; init; }

    /// <summary>How many calls it meets before it is used up.</summary>
    public int Times { get; init; } = 1;

    internal bool Meets(string service, string operation, JsonObject parameters) =>
        (Service == Any || Service == service) && (Operation == Any || Operation == operation) && (When is null || When(parameters));
}
