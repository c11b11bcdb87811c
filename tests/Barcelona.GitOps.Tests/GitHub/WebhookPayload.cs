using System.Text;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Tests.GitHub;

/// <summary>GitHub's own examples, to be changed by a test.</summary>
internal static class WebhookPayload
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "GitHub", "Payloads");

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static JsonObject Read(string name) =>
        Assert.IsType<JsonObject>(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))));

    public static byte[] Bytes(string name, Action<JsonObject> change)
    {
        var payload = Read(name);
        change(payload);
        return Encoding.UTF8.GetBytes(payload.ToJsonString());
    }
}
