namespace Barcelona.GitOps.GitHub.Tokens;

/// <summary>A value that shows itself only to who asks by name: not in a log, not in an interpolated string, not in a debugger's watch.</summary>
[System.Diagnostics.DebuggerDisplay("***")]
public sealed class Secret(string value)
{
    public string Reveal() => value;

    public override string ToString() => "***";
}
