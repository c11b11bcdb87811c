namespace AwsClients.Generator.Models;

/// <summary>The type of a member or element, in the vocabulary of the AWS service models.</summary>
internal abstract record ShapeType
{
    /// <summary>A single value.</summary>
    public sealed record Scalar(ScalarKind Kind) : ShapeType;

    /// <summary>A class of the service's <c>Model</c> namespace.</summary>
    public sealed record Structure(string Name) : ShapeType;

    /// <summary>A <c>ConstantClass</c> of the service: an open set of strings.</summary>
    public sealed record Enumeration(string Name) : ShapeType;

    public sealed record List(ShapeType Element) : ShapeType;

    /// <summary>A map whose keys are always strings on the wire.</summary>
    public sealed record Map(ShapeType Value) : ShapeType;

    /// <summary>Lists and maps are null until set, and an empty one is sent.</summary>
    public bool IsCollection => this is List or Map;

    /// <summary>.NET value types, which are nullable as members and plain as elements.</summary>
    public bool IsValueType => this is Scalar { Kind: not (ScalarKind.String or ScalarKind.Blob) };
}
