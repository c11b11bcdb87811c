using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ec2;

/// <summary><c>Filter.1.Name=vpc-id&amp;Filter.1.Value.1=…</c>: every filter must fit, by one of its values.</summary>
internal static class Ec2Filters
{
    public static bool Fit(JsonObject request, JsonObject described) => request.Objects("Filter").All(filter =>
        Value(described, filter.Text("Name") ?? "") is { } value && filter.Texts("Value").Contains(value));

    private static string? Value(JsonObject described, string name) => name switch
    {
        "state" => described.Text("state") ?? described.Text("zoneState"),
        "instance-state-name" => described.Object("instanceState")?.Text("name"),
        _ when name.StartsWith("tag:", StringComparison.Ordinal) =>
            described.Objects("tagSet").FirstOrDefault(tag => tag.Text("key") == name[4..])?.Text("value"),
        _ => described.Text(Camel(name)),
    };

    // vpc-id is vpcId.
    private static string Camel(string name) =>
        string.Concat(name.Split('-').Select((word, index) => index == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
