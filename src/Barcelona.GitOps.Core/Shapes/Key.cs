using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Shapes;

/// <summary>A key of a map: name, type, default and what it is for. The one definition that parser, schema and reference share.</summary>
internal abstract class Key(string name, string description)
{
    /// <summary>Keys that begin so are free everywhere.</summary>
    public const string FreePrefix = "x-";

    public string Name { get; } = name;

    public string Description { get; } = description;

    public bool IsRequired { get; init; }

    /// <summary>What holds when the key is absent, if that is a plain value.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Of the original, without effect here: editors show it struck through.</summary>
    public bool IsObsolete { get; init; }

    /// <summary>Null: the value cannot be used, and the log says why.</summary>
    public abstract object? Read(YamlNode node, Reading reading);

    public abstract JsonObject Describe();
}

internal sealed class Key<T>(string name, Shape<T> shape, string description) : Key(name, description) where T : notnull
{
    public override object? Read(YamlNode node, Reading reading) => shape.TryRead(node, reading, out var value) ? value : null;

    public override JsonObject Describe() => SchemaParts.Annotated(this, shape.Describe());
}
