namespace Barcelona.GitOps.Bench.Report;

/// <summary>One row of the table: what was measured, each time it was.</summary>
internal sealed record Figure(string Name, string Unit, IReadOnlyList<double> Samples)
{
    public Target? Target { get; init; }

    /// <summary>Why there are no samples, or what has to be known to read them.</summary>
    public string? Note { get; init; }

    public static Figure Skipped(string name, string reason) => new(name, "", []) { Note = $"skipped: {reason}" };

    public double Minimum => Samples.Min();

    public double Maximum => Samples.Max();

    public double Median
    {
        get
        {
            var sorted = Samples.Order().ToArray();
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }
}

/// <summary>What the median is held against.</summary>
internal sealed record Target(double Value, bool AtLeast)
{
    public static Target Under(double value) => new(value, AtLeast: false);

    public static Target From(double value) => new(value, AtLeast: true);

    public bool IsReachedBy(double value) => AtLeast ? value >= Value : value < Value;
}
