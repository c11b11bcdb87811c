using Barcelona.GitOps.Bench.Report;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Bench.Measurements;

/// <summary>
/// From the bytes of an ordinary barcelona.yml (two environments, six services, variables, listeners) to a manifest and its diagnostics.
/// </summary>
internal static class ParseAndValidate
{
    public static Figure Measure(Workbench bench)
    {
        var file = OrdinaryFile.TwoEnvironments;
        if (ManifestParser.Parse("barcelona.yml", file) is { HasErrors: true } broken)
            throw new InvalidOperationException(string.Join('\n', broken.Diagnostics));

        var samples = Repeated.Time(bench.Options.Rounds(5) * 400, () => ManifestParser.Parse("barcelona.yml", file));
        return new Figure($"parse + validate, {file.Length / 1024.0:0.0} KB", "ms", samples) { Target = Target.Under(2) };
    }
}
