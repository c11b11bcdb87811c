namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>Lines on a terminal; with colours only where a person looks.</summary>
internal sealed class Terminal(TextWriter output, bool isColored)
{
    private readonly Lock _gate = new();

    public void Line(string text = "") => Write(text);

    public void Heading(string text) => Write(Paint("1", text));

    public void Faint(string text) => Write(Paint("2", text));

    public void Good(string text) => Write(Paint("32", text));

    public void Bad(string text) => Write(Paint("31", text));

    public void Warn(string text) => Write(Paint("33", text));

    /// <summary>Several lines, each with the same beginning; empty ones at the end are dropped.</summary>
    public void Block(string text, string indent)
    {
        foreach (var line in text.TrimEnd().Split('\n'))
            Write(indent + line.TrimEnd('\r'));
    }

    private void Write(string line)
    {
        // Changes are told on the threads that made them.
        lock (_gate)
            output.WriteLine(line);
    }

    private string Paint(string code, string text) => isColored ? $"\e[{code}m{text}\e[0m" : text;
}
