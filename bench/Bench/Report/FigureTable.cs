using System.Globalization;

namespace Barcelona.GitOps.Bench.Report;

/// <summary>The table that a run closes with. The ratio is the median's to the target.</summary>
internal static class FigureTable
{
    private static readonly string[] Head = ["figure", "unit", "minimum", "median", "maximum", "target", "ratio", ""];

    public static IEnumerable<string> Lines(IReadOnlyList<Figure> figures)
    {
        string[][] rows = [Head, .. figures.Select(Row)];
        var widths = Enumerable.Range(0, Head.Length - 1).Select(column => rows.Max(row => row[column].Length)).ToArray();
        yield return Line(rows[0], widths);
        var rules = widths.Select((width, column) => column < 2 ? new string('-', width + 2) : new string('-', width + 1) + ":");
        yield return $"|{string.Join('|', rules)}|---|";
        foreach (var row in rows.Skip(1))
            yield return Line(row, widths);
    }

    private static string[] Row(Figure figure) => figure.Samples.Count == 0
        ? [figure.Name, figure.Unit, "", "", "", "", "", figure.Note ?? ""]
        :
        [
            figure.Name, figure.Unit, Number(figure.Minimum), Number(figure.Median), Number(figure.Maximum),
            figure.Target is { } target ? $"{(target.AtLeast ? ">=" : "<")} {Number(target.Value)}" : "",
            figure.Target is { Value: > 0 } ratio ? (figure.Median / ratio.Value).ToString("0.00", CultureInfo.InvariantCulture) : "",
            string.Join("; ", new[] { Verdict(figure), figure.Note }.OfType<string>()),
        ];

    private static string? Verdict(Figure figure) =>
        figure.Target is not { } target ? null : target.IsReachedBy(figure.Median) ? "reached" : "MISSED";

    private static string Line(string[] row, int[] widths)
    {
        var cells = widths.Select((width, column) => column < 2 ? row[column].PadRight(width) : row[column].PadLeft(width));
        return $"| {string.Join(" | ", cells)} | {row[^1]} |";
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 || value == Math.Truncate(value) ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
