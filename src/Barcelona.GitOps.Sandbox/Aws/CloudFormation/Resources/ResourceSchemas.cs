using System.Collections.Frozen;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;

/// <summary>All public resource types, from the table that <c>eng/resource-schemas/extract.py</c> writes.</summary>
internal static class ResourceSchemas
{
    private static readonly FrozenDictionary<string, ResourceSchema> Types = Read();

    public static bool Knows(string type) => Types.ContainsKey(type) || type.StartsWith("Custom::", StringComparison.Ordinal);

    public static ResourceSchema Of(string type) => Types.GetValueOrDefault(type) ?? Types["AWS::CloudFormation::CustomResource"];

    private static FrozenDictionary<string, ResourceSchema> Read()
    {
        using var stream = typeof(ResourceSchemas).Assembly.GetManifestResourceStream("resource-types.tsv")
            ?? throw new InvalidOperationException("The table of resource types is not part of this build.");
        using var reader = new StreamReader(stream);
        var types = new Dictionary<string, ResourceSchema>();
        while (reader.ReadLine() is { } line)
        {
            var columns = line.Split('\t');
            types[columns[0]] = new ResourceSchema
            {
                CreateOnly = Names(columns[1]),
                ConditionallyCreateOnly = Names(columns[2]),
                ReadOnly = Names(columns[3]),
                Required = Names(columns[4]),
                Properties = Names(columns[5]),
            };
        }
        return types.ToFrozenDictionary();
    }

    private static FrozenSet<string> Names(string column) => column == "-" ? [] : column.Split(' ').ToFrozenSet();
}
