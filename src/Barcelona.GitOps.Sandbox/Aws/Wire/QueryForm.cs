using System.Globalization;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>Folds a query-protocol form into JSON: <c>Tags.member.1.Key=a</c> becomes <c>{"Tags":[{"Key":"a"}]}</c>.</summary>
internal static class QueryForm
{
    public static JsonObject ToJson(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var root = new FormNode();
        foreach (var (name, value) in fields)
        {
            if (name is "Action" or "Version") continue;
            root.Add(name.Split('.'), value);
        }
        return root.ToJson() as JsonObject ?? [];
    }

    private sealed class FormNode
    {
        private readonly SortedDictionary<string, FormNode> _children = new(StringComparer.Ordinal);
        private string? _value;

        public void Add(ReadOnlySpan<string> path, string value)
        {
            if (path.IsEmpty)
            {
                _value = value;
                return;
            }
            if (!_children.TryGetValue(path[0], out var child)) _children[path[0]] = child = new FormNode();
            child.Add(path[1..], value);
        }

        public JsonNode? ToJson()
        {
            if (_children.Count == 0) return _value;
            if (_children.TryGetValue("member", out var members)) return members.ToList();
            if (_children.TryGetValue("entry", out var entries)) return entries.ToMap();
            // EC2 writes its lists without a word between: Filter.1.Name.
            if (_children.Keys.All(key => key.All(char.IsAsciiDigit))) return ToList();
            return new JsonObject(_children.Select(child => KeyValuePair.Create(child.Key, child.Value.ToJson())));
        }

        private JsonArray ToList() => [.. InOrder().Select(child => child.ToJson())];

        // SNS writes Name and Value.
        private JsonObject ToMap() => new(InOrder().Select(
            entry => KeyValuePair.Create(entry.Child("key", "Name")?._value ?? "", entry.Child("value", "Value")?.ToJson())));

        private FormNode? Child(string name, string otherwise) => _children.GetValueOrDefault(name) ?? _children.GetValueOrDefault(otherwise);

        private IEnumerable<FormNode> InOrder() =>
            _children.OrderBy(child => int.Parse(child.Key, CultureInfo.InvariantCulture)).Select(child => child.Value);
    }
}
