using System;
using AwsClients.Generator.Models;

namespace AwsClients.Generator.Emitting;

/// <summary>Code for services that speak JSON 1.0 or 1.1.</summary>
internal sealed class JsonProtocolEmitter(ServiceIdentity identity, ServiceProtocol protocol) : ProtocolEmitter
{
    public override string RequestMarshallerType => "JsonRequestMarshaller";

    public override string ResponseUnmarshallerType => "JsonUnmarshaller";

    public override void EmitWriter(CodeWriter code, Structure structure)
    {
        using (code.Open("internal void WriteJson(Utf8JsonWriter w)"))
        {
            code.Line("w.WriteStartObject();");
            foreach (var member in structure.Members)
            {
                code.Line(member.IsIdempotencyToken
                    ? $"w.WriteString(\"{member.WireName}\", {member.PropertyName} ?? Guid.NewGuid().ToString());"
                    : $"if ({IsSet(member)}) {{ w.WritePropertyName(\"{member.WireName}\"); {Write(member.Type, ValueOf(member))}; }}");
            }

            code.Line("w.WriteEndObject();");
        }
    }

    public override void EmitReader(CodeWriter code, Structure structure)
    {
        using (code.Open($"internal static {structure.Name} ReadJson(JsonElement e)"))
        {
            code.Line("if (e.ValueKind == JsonValueKind.Null) return null;");
            code.Line($"var r = new {structure.Name}();");
            code.Line("if (e.ValueKind != JsonValueKind.Object) return r;");
            using (code.Open("foreach (var p in e.EnumerateObject()) switch (p.Name)"))
            {
                foreach (var member in structure.Members)
                {
                    code.Line($"case \"{member.WireName}\": r.{member.PropertyName} = {Read(member.Type, "p.Value")}; break;");
                }

                code.Line("default: break;");
            }

            code.Line("return r;");
        }
    }

    public override string RequestMarshaller(Operation operation) =>
        $"new(\"{identity.Namespace}\", \"{protocol.ApiVersion}\", \"{protocol.TargetPrefix}.{operation.Name}\", " +
        $"static (r, w) => (({operation.RequestName})r).WriteJson(w)) {{ JsonVersion = \"{protocol.JsonVersion}\" }}";

    public override string ResponseUnmarshaller(Operation operation, string errorFactory) =>
        $"new({operation.ResponseName}.ReadJson, {errorFactory})";

    private string Read(ShapeType type, string element) => type switch
    {
        ShapeType.List list => $"JsonRead.List({element}, static x => {AsElement(list.Element, Read(list.Element, "x"))})",
        ShapeType.Map map => $"JsonRead.Map({element}, static x => {AsElement(map.Value, Read(map.Value, "x"))})",
        ShapeType.Structure structure => $"{Qualified(identity, structure)}.ReadJson({element})",
        ShapeType.Enumeration enumeration => $"{Qualified(identity, enumeration)}.FindValue(JsonRead.String({element}))",
        ShapeType.Scalar scalar => $"JsonRead.{scalar.Kind}({element})",
        _ => throw new InvalidOperationException($"No JSON reader for {type}"),
    };

    private static string Write(ShapeType type, string value) => type switch
    {
        ShapeType.List list => $"JsonWrite.List(w, {value}, static (w, x) => {Write(list.Element, "x")})",
        ShapeType.Map map => $"JsonWrite.Map(w, {value}, static (w, x) => {Write(map.Value, "x")})",
        ShapeType.Structure => $"{value}.WriteJson(w)",
        ShapeType.Enumeration => $"w.WriteStringValue({value}.Value)",
        ShapeType.Scalar scalar => $"JsonWrite.{scalar.Kind}(w, {value})",
        _ => throw new InvalidOperationException($"No JSON writer for {type}"),
    };
}
