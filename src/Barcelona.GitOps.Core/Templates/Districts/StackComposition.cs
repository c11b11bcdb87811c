using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Templates.Districts;

/// <summary>A stack before its contents.</summary>
internal sealed record StackHeader(StackName Name, string Description, CommitSha Commit, ImmutableSortedDictionary<string, string> Tags);

/// <summary>Adds parts up to a stack, with provenance and fingerprint.</summary>
internal static class StackComposition
{
    public static StackSpec Compose(StackHeader header, IEnumerable<TemplatePart> parts)
    {
        var all = parts.ToList();
        var resources = new JsonObject(all.SelectMany(p => p.Resources).Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value)));
        var outputs = new JsonObject(all.SelectMany(p => p.Outputs).Select(o => KeyValuePair.Create(o.Key, (JsonNode?)Cfn.Output(o.Value))));
        var deciding = Deciding(all.SelectMany(p => p.Parameters), CanonicalJson.Write(resources) + CanonicalJson.Write(outputs));
        foreach (var parameter in deciding.Concat(Provenance))
        {
            var reference = Cfn.Ref(parameter.Name);
            outputs[parameter.Name] = Cfn.Output(parameter.IsList ? Cfn.JoinWithComma(reference) : reference);
        }

        var declarations = deciding.Concat(Provenance).Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Cfn.Parameter(p.Type, p.Description)));
        var template = CanonicalJson.Write(Cfn.Template(header.Description, new(declarations), resources, outputs));
        var values = StackKeys.Dictionary(deciding.Select(p => KeyValuePair.Create(p.Name, p.Value)));
        return new()
        {
            Name = header.Name,
            TemplateBody = template,
            Parameters = values
                .Add(StackKeys.CommitParameter, header.Commit.Value)
                .Add(StackKeys.FingerprintParameter, Fingerprint.Of([template, .. Fingerprint.Parts(header.Tags), .. Fingerprint.Parts(values)])),
            Tags = header.Tags,
            Late = [.. deciding.SelectMany(Late)],
            MakesRoles = resources.Any(r => r.Value?["Type"]?.GetValue<string>().StartsWith("AWS::IAM::", StringComparison.Ordinal) == true),
        };
    }

    private static readonly ImmutableArray<StackParameter> Provenance =
    [
        new(StackKeys.FingerprintParameter, "String", "Hash of this template, its tags and parameters", ""),
        new(StackKeys.CommitParameter, "String", "Commit of the platform repository", ""),
    ];

    private static IEnumerable<LateParameter> Late(StackParameter parameter) =>
        parameter.WhileMaking is var (value, resource) && value != parameter.Value ? [new(parameter.Name, value, resource)] : [];

    private static ImmutableArray<StackParameter> Deciding(IEnumerable<StackParameter> parameters, string uses) =>
    [
        .. parameters.DistinctBy(p => p.Name).Where(p => p.IsRecord
            || uses.Contains($"\"Ref\":\"{p.Name}\"", StringComparison.Ordinal)
            || uses.Contains($"${{{p.Name}}}", StringComparison.Ordinal)),
    ];
}
