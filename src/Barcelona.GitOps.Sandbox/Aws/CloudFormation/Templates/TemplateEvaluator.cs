using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>Works out intrinsic functions. A null result is <c>AWS::NoValue</c>: the property or list entry is left out.</summary>
internal sealed class TemplateEvaluator(Template template, ITemplateNames names)
{
    private readonly Dictionary<string, bool> _conditions = [];

    public bool IsActive(TemplateResource resource) => resource.Condition is null || Condition(resource.Condition);

    public JsonObject EvaluateObject(JsonObject node) => Evaluate(node) as JsonObject ?? [];

    public bool Condition(string name)
    {
        if (_conditions.TryGetValue(name, out var known)) return known;
        if (template.Conditions[name] is not { } definition)
            throw Error($"Template format error: Unresolved condition dependency {name} in the Conditions block of the template");
        return _conditions[name] = Truth(definition);
    }

    public JsonNode? Evaluate(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } map when map.First() is { Key: var key } call && IsFunction(key) => Call(key, call.Value),
        JsonObject map => Map(map),
        JsonArray list => new JsonArray([.. list.Select(Evaluate).Where(item => item is not null)]),
        _ => node?.DeepClone(),
    };

    public string Text(JsonNode? node) => JsonParameters.Text(Evaluate(node)) ?? "";

    private static bool IsFunction(string key) => key is "Ref" or "Condition" || key.StartsWith("Fn::", StringComparison.Ordinal);

    private JsonObject Map(JsonObject map)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map)
        {
            if (Evaluate(value) is { } evaluated) result[key] = evaluated;
        }
        return result;
    }

    private JsonNode? Call(string function, JsonNode? argument) => function switch
    {
        "Ref" => names.Ref(Text(argument)),
        "Fn::GetAtt" => GetAtt(argument),
        "Fn::Sub" => Sub(argument),
        "Fn::Join" => string.Join(Text(Item(argument, 0)), List(Item(argument, 1)).Select(JsonParameters.Text)),
        "Fn::Select" => Select(argument),
        "Fn::Split" => Text(Item(argument, 1)).Split(Text(Item(argument, 0))).ToJsonArray(),
        "Fn::If" => Evaluate(Item(argument, Condition(Text(Item(argument, 0))) ? 1 : 2)),
        "Fn::FindInMap" => FindInMap(argument),
        "Fn::Base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(argument))),
        "Fn::ImportValue" => names.Import(Text(argument)),
        "Fn::GetAZs" => names.Zones(Text(argument)).ToJsonArray(),
        "Fn::Cidr" => CidrBlocks.Cut(
            Text(Item(argument, 0)), Whole(Item(argument, 1)), argument is JsonArray { Count: > 2 } ? Whole(Item(argument, 2)) : 8).ToJsonArray(),
        // A policy document has a key "Condition" with a map; the function of that name has the text of a condition's name.
        "Condition" when argument is JsonObject => new JsonObject { ["Condition"] = Evaluate(argument) },
        "Condition" or "Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not" => Truth(new JsonObject { [function] = argument?.DeepClone() }),
        "Fn::ToJsonString" => Evaluate(argument)?.ToJsonString(),
        "Fn::Length" => List(argument).Count,
        _ => throw Error($"Template error: unsupported intrinsic function {function}"),
    };

    private bool Truth(JsonNode? node)
    {
        if (node is not JsonObject { Count: 1 } map)
            throw Error("Template format error: Conditions can only be boolean operations on parameters and other conditions");
        var (function, argument) = map.First();
        return function switch
        {
            "Condition" => Condition(Text(argument)),
            "Fn::Equals" => Text(Item(argument, 0)) == Text(Item(argument, 1)),
            "Fn::Not" => !Truth(Item(argument, 0)),
            "Fn::And" => argument is JsonArray all && all.All(Truth),
            "Fn::Or" => argument is JsonArray any && any.Any(Truth),
            _ => throw Error("Template format error: Conditions can only be boolean operations on parameters and other conditions"),
        };
    }

    private JsonNode GetAtt(JsonNode? argument)
    {
        if (argument is JsonArray) return names.GetAtt(Text(Item(argument, 0)), Text(Item(argument, 1)));
        var parts = Text(argument).Split('.', 2);
        return parts.Length == 2
            ? names.GetAtt(parts[0], parts[1])
            : throw Error("Template error: every Fn::GetAtt object requires two non-empty parameters");
    }

    private string Sub(JsonNode? argument)
    {
        var text = argument is JsonArray ? JsonParameters.Text(Item(argument, 0)) : JsonParameters.Text(argument);
        var own = argument is JsonArray ? Item(argument, 1) as JsonObject : null;
        return SubExpression.Replace(text ?? "", name =>
        {
            if (own?[name] is { } value) return Text(value);
            var parts = name.Split('.', 2);
            return JsonParameters.Text(parts.Length == 2 ? names.GetAtt(parts[0], parts[1]) : names.Ref(name)) ?? "";
        });
    }

    private JsonNode? Select(JsonNode? argument)
    {
        var list = List(Item(argument, 1));
        var index = Whole(Item(argument, 0));
        return index >= 0 && index < list.Count
            ? list[index]?.DeepClone()
            : throw Error("Template error: Fn::Select cannot select nonexistent value at index " + index.ToString(CultureInfo.InvariantCulture));
    }

    private JsonNode? FindInMap(JsonNode? argument)
    {
        var (map, first, second) = (Text(Item(argument, 0)), Text(Item(argument, 1)), Text(Item(argument, 2)));
        if (template.Mappings[map] is not JsonObject mapping)
            throw Error($"Template error: Mapping named '{map}' is not present in the 'Mappings' section of template.");
        return (mapping[first] as JsonObject)?[second] is { } value
            ? value.DeepClone()
            : throw Error($"Template error: Unable to get mapping for {map}::{first}::{second}");
    }

    private JsonArray List(JsonNode? node) => Evaluate(node) switch
    {
        JsonArray list => list,
        // A parameter of type CommaDelimitedList is a list already; text here is what AWS refuses.
        _ => throw Error("Template error: every Fn::Join, Fn::Select and Fn::Length object requires a list"),
    };

    private static JsonNode? Item(JsonNode? argument, int index) =>
        argument is JsonArray list && index < list.Count ? list[index] : throw Error("Template error: an intrinsic function has too few arguments");

    private int Whole(JsonNode? node) => int.Parse(Text(node), CultureInfo.InvariantCulture);

    private static AwsErrorException Error(string message) => AwsErrorException.Validation(message);
}
