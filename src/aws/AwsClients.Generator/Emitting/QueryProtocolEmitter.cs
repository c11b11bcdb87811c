using System;
using AwsClients.Generator.Models;

namespace AwsClients.Generator.Emitting;

/// <summary>Code for services that take form posts and answer in XML.</summary>
internal sealed class QueryProtocolEmitter(ServiceIdentity identity, ServiceProtocol protocol) : ProtocolEmitter
{
    public override string RequestMarshallerType => "QueryRequestMarshaller";

    public override string ResponseUnmarshallerType => "QueryUnmarshaller";

    public override void EmitWriter(CodeWriter code, Structure structure)
    {
        using (code.Open("internal void WriteQuery(IDictionary<string, string> p, string prefix)"))
        {
            foreach (var member in structure.Members)
            {
                var key = $"prefix + \"{member.WireName}\"";
                code.Line(member.IsIdempotencyToken
                    ? $"p[{key}] = {member.PropertyName} ?? Guid.NewGuid().ToString();"
                    : $"if ({IsSet(member)}) {Write(member.Type, ValueOf(member), key)};");
            }
        }
    }

    public override void EmitReader(CodeWriter code, Structure structure)
    {
        using (code.Open($"internal static {structure.Name} ReadXml(XElement e)"))
        {
            code.Line($"var r = new {structure.Name}();");
            using (code.Open("foreach (var p in e.Elements()) switch (p.Name.LocalName)"))
            {
                foreach (var member in structure.Members)
                {
                    code.Line($"case \"{member.WireName}\": r.{member.PropertyName} = {Read(member.Type, "p")}; break;");
                }

                code.Line("default: break;");
            }

            code.Line("return r;");
        }
    }

    public override string RequestMarshaller(Operation operation) =>
        $"new(\"{identity.Namespace}\", \"{protocol.ApiVersion}\", \"{operation.Name}\", " +
        $"static (r, p) => (({operation.RequestName})r).WriteQuery(p, \"\"))";

    public override string ResponseUnmarshaller(Operation operation, string errorFactory)
    {
        var wrapper = operation.ResultWrapper is { } name ? $"\"{name}\"" : "null";
        return $"new({wrapper}, {operation.ResponseName}.ReadXml, {errorFactory})";
    }

    private string Read(ShapeType type, string element) => type switch
    {
        ShapeType.List list => $"XmlRead.List({element}, static x => {AsElement(list.Element, Read(list.Element, "x"))})",
        ShapeType.Map map => $"XmlRead.Map({element}, static x => {AsElement(map.Value, Read(map.Value, "x"))})",
        ShapeType.Structure structure => $"{Qualified(identity, structure)}.ReadXml({element})",
        ShapeType.Enumeration enumeration => $"{Qualified(identity, enumeration)}.FindValue(XmlRead.String({element}))",
        ShapeType.Scalar scalar => $"XmlRead.{scalar.Kind}({element})",
        _ => throw new InvalidOperationException($"No XML reader for {type}"),
    };

    private static string Write(ShapeType type, string value, string key) => type switch
    {
        ShapeType.List list => $"QueryWrite.List(p, {key}, {value}, static (p, k, x) => {Write(list.Element, "x", "k")})",
        ShapeType.Map map => $"QueryWrite.Map(p, {key}, {value}, static (p, k, x) => {Write(map.Value, "x", "k")})",
        ShapeType.Structure => $"{value}.WriteQuery(p, {key} + \".\")",
        ShapeType.Enumeration => $"p[{key}] = {value}.Value",
        ShapeType.Scalar scalar => $"p[{key}] = QueryWrite.{scalar.Kind}({value})",
        _ => throw new InvalidOperationException($"No query writer for {type}"),
    };
}
