using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Aws.Observing;

/// <summary>
/// ECS answers with more than it was asked to register: empty lists, and values for what was left out. Without them a plan shows
/// what a person changed and nothing else. Which values: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
/// </summary>
internal static class RegistrationDefaults
{
    public static void Remove(JsonObject definition)
    {
        // With a network interface of its own a task has no other host port than the container's.
        var ownInterface = definition["networkMode"]?.GetValue<string>() is "awsvpc" or "host";
        foreach (var container in Objects(definition["containerDefinitions"]))
        {
            RemoveZero(container, "cpu");
            foreach (var mapping in Objects(container["portMappings"]))
            {
                if (ownInterface && JsonNode.DeepEquals(mapping["hostPort"], mapping["containerPort"]))
                {
                    mapping.Remove("hostPort");
                }
            }
        }

        RemoveEmpty(definition);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static void RemoveZero(JsonObject container, string name)
    {
        if (container[name]?.GetValueKind() == System.Text.Json.JsonValueKind.Number && container[name]?.GetValue<int>() == 0)
        {
            container.Remove(name);
        }
    }

    private static void RemoveEmpty(JsonObject node)
    {
        foreach (var (name, value) in node.ToArray())
        {
            switch (value)
            {
                case JsonArray { Count: 0 } or JsonObject { Count: 0 }:
                    node.Remove(name);
                    break;
                case JsonObject inner:
                    RemoveEmpty(inner);
                    break;
                case JsonArray list:
                    foreach (var item in list.OfType<JsonObject>())
                    {
                        RemoveEmpty(item);
                    }

                    break;
            }
        }
    }
}
