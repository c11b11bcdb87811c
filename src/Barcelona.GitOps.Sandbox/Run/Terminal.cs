namespace Barcelona.GitOps.Sandbox.Run;

internal enum Tone
{
    Plain,
    Heading,
    Faint,
    Good,
    Bad,
    Warn,
}

/// <summary>Lines on a terminal; with colours only where a person looks.</summary>
internal sealed class Terminal(TextWriter output, bool isColored)
{
    private readonly Lock _gate = new();

    public void Line(string text = "", Tone tone = Tone.Plain)
    {
        var line = isColored && Code(tone) is { } code ? $"\e[{code}m{text}\e[0m" : text;
        // Changes are told on the threads that made them.
        lock (_gate)
            output.WriteLine(line);
    }

    /// <summary>Several lines, each with the same beginning; empty ones at the end are dropped.</summary>
    public void Block(string text, string indent)
    {
        foreach (var line in text.TrimEnd().Split('\n'))
            Line(indent + line.TrimEnd('\r'));
    }

    private static string? Code(Tone tone) => tone switch
    {
        Tone.Plain => null,
        Tone.Heading => "1",
        Tone.Faint => "2",
        Tone.Good => "32",
        Tone.Bad => "31",
        Tone.Warn => "33",
        _ => throw new ArgumentOutOfRangeException(nameof(tone), tone, message: null),
    };
}
