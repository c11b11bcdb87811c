using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>The parameters of Systems Manager that an environment names by <c>ssm_path</c>.</summary>
public static class SsmReferences
{
    private static readonly DiagnosticKind MissingKind = new("BCN715", Severity.Error, "A parameter that is not there",
        "`ssm_path: path` is the parameter `/barcelona/<district>/<path>` of Systems Manager, in the district's account and region. A task that "
        + "needs it would never start.");

    /// <summary>Full name to the place in the file.</summary>
    public static ImmutableSortedDictionary<string, SourceSpan> Of(EnvironmentManifest environment, string district) => environment.Variables
        .OfType<EnvironmentVariable.SsmParameter>()
        .GroupBy(v => ContainerVariables.SsmName(district, v.Path.Value), v => v.Path.Span)
        .ToImmutableSortedDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    public static Diagnostic Missing(SourceSpan span, string name) =>
        MissingKind.At(
            span,
            $"There is no parameter '{name}' in Systems Manager.",
            $"Make it: barcelona secret set {PathOf(name)} --ssm --district {DistrictOf(name)}");

    private static string DistrictOf(string name) => name.Split('/')[2];

    private static string PathOf(string name) => string.Join('/', name.Split('/').Skip(3));
}
