using System.Globalization;
using System.Text;
using Barcelona.GitOps.Bench.Report;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Bench.Measurements;

/// <summary>
/// From the bytes of an ordinary barcelona.yml (two environments, six services, variables, listeners) to a manifest and its diagnostics.
/// </summary>
internal static class ParseAndValidate
{
    public static IReadOnlyList<Figure> Measure(Workbench bench) => [Ordinary(bench), Largest(bench)];

    private static Figure Ordinary(Workbench bench)
    {
        var file = OrdinaryFile.TwoEnvironments;
        if (ManifestParser.Parse("barcelona.yml", file) is { HasErrors: true } broken)
            throw new InvalidOperationException(string.Join('\n', broken.Diagnostics));

        var samples = Repeated.Time(bench.Options.Rounds(5) * 400, () => ManifestParser.Parse("barcelona.yml", file));
        return new Figure($"parse + validate, {file.Length / 1024.0:0.0} KB", "ms", samples) { Target = Target.Under(2) };
    }

    /// <summary>As large as a file may be, and nearly as many keys and values as it may have.</summary>
    private static Figure Largest(Workbench bench)
    {
        const int limit = 1024 * 1024;
        const int environments = 18;
        var file = new StringBuilder("environments:\n");
        for (var i = 0; i < environments * 1000; i++)
        {
            if (i % 1000 == 0)
                file.Append(CultureInfo.InvariantCulture, $"  e{i / 1000}:\n    name: shop{i / 1000}\n    environment:\n");
            file.Append(CultureInfo.InvariantCulture, $"      - {{name: VARIABLE_{i:00000}, value: value}}\n");
        }

        file.Append('#', limit - file.Length);

        var text = Encoding.UTF8.GetBytes(file.ToString());
        if (ManifestParser.Parse("barcelona.yml", text) is { HasErrors: true } broken)
            throw new InvalidOperationException(string.Join('\n', broken.Diagnostics.Take(5)));

        var samples = Repeated.Time(bench.Options.Rounds(5) * 2, () => ManifestParser.Parse("barcelona.yml", text), warmUps: 5);
        return new Figure($"parse + validate, 1 MiB, {environments},000 variables", "ms", samples) { Target = Target.Under(1000) };
    }
}
