using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Templates;

/// <summary>A template whose outer form has been checked. Sections that are missing are empty.</summary>
internal sealed class Template(string body, JsonObject root, IReadOnlyDictionary<string, TemplateResource> resources)
{
    private static readonly JsonObject Empty = [];

    /// <summary>The text as it was sent.</summary>
    public string Body { get; } = body;

    public JsonObject Root { get; } = root;

    public IReadOnlyDictionary<string, TemplateResource> Resources { get; } = resources;

    public string? Description => (string?)Root[nameof(Description)];

    public JsonObject Parameters => Section(nameof(Parameters));

    public JsonObject Mappings => Section(nameof(Mappings));

    public JsonObject Conditions => Section(nameof(Conditions));

    public JsonObject Outputs => Section(nameof(Outputs));

    private JsonObject Section(string name) => Root[name] as JsonObject ?? Empty;
}
