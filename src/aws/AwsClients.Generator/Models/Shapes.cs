namespace AwsClients.Generator.Models;

/// <summary>What a structure is to an operation, which decides its base class.</summary>
internal enum StructureRole
{
    Plain,
    Request,
    Response,
}

/// <summary>A member of a structure; the property is the wire name with its first letter in upper case.</summary>
internal sealed record Member(string WireName, ShapeType Type)
{
    /// <summary>The service recognises a repeated request by this member: a new UUID is sent when the caller set none.</summary>
    public bool IsIdempotencyToken { get; init; }

    public bool IsObsolete { get; init; }

    /// <summary>Kept out of the SDK's own logging.</summary>
    public bool IsSensitive { get; init; }

    public string PropertyName => Identifiers.UpperFirst(WireName);
}

internal sealed record Structure(string Name, StructureRole Role, EquatableArray<Member> Members)
{
    /// <summary>Reached from a request, so it needs a writer.</summary>
    public bool IsInput { get; init; }

    /// <summary>Reached from a response, so it needs a reader.</summary>
    public bool IsOutput { get; init; }
}

/// <summary>A modeled error: <paramref name="Code"/> is what the wire says, <paramref name="Name"/> the exception class.</summary>
internal sealed record ErrorShape(string Name, string Code, EquatableArray<Member> Members);

internal sealed record Enumeration(string Name, EquatableArray<string> Values);
