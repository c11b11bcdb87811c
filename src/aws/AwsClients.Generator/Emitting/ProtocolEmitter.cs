using System;
using AwsClients.Generator.Models;

namespace AwsClients.Generator.Emitting;

/// <summary>What differs between the wire protocols: how a structure is read and written, and which marshallers an operation has.</summary>
internal abstract class ProtocolEmitter
{
    public static ProtocolEmitter For(ServiceModel model) => model.Protocol.Wire switch
    {
        WireProtocol.Json => new JsonProtocolEmitter(model.Identity, model.Protocol),
        WireProtocol.Query => new QueryProtocolEmitter(model.Identity, model.Protocol),
        _ => throw new InvalidOperationException($"No emitter for {model.Protocol.Wire}"),
    };

    public abstract void EmitWriter(CodeWriter code, Structure structure);

    public abstract void EmitReader(CodeWriter code, Structure structure);

    public abstract string RequestMarshallerType { get; }

    public abstract string ResponseUnmarshallerType { get; }

    /// <returns>An expression that makes the operation's request marshaller.</returns>
    public abstract string RequestMarshaller(Operation operation);

    /// <param name="operation">The operation whose response is read.</param>
    /// <param name="errorFactory">An expression that turns an error response into the exception to throw.</param>
    /// <returns>An expression that makes the operation's response unmarshaller.</returns>
    public abstract string ResponseUnmarshaller(Operation operation, string errorFactory);

    /// <summary>Whether the caller has set the property; an empty list counts, a null one does not.</summary>
    protected static string IsSet(Member member) =>
        member.Type.IsCollection ? $"Collections.IsSet({member.PropertyName})"
        : member.Type.IsValueType ? $"{member.PropertyName}.HasValue"
        : $"{member.PropertyName} != null";

    protected static string ValueOf(Member member) => member.Type.IsValueType ? member.PropertyName + ".Value" : member.PropertyName;

    /// <summary>The readers give nullable values; inside a collection null becomes the default, as in the official SDK.</summary>
    protected static string AsElement(ShapeType type, string read) => type.IsValueType ? read + ".GetValueOrDefault()" : read;

    // Names of structures also occur in System and in sibling namespaces (Task, Attribute, KeyValuePair).
    protected static string Qualified(ServiceIdentity identity, ShapeType.Structure structure) =>
        $"global::{identity.Namespace}.Model.{structure.Name}";

    protected static string Qualified(ServiceIdentity identity, ShapeType.Enumeration enumeration) =>
        $"global::{identity.Namespace}.{enumeration.Name}";
}
