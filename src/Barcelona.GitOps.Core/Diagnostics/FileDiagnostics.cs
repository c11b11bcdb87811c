namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>What keeps a file from being read at all.</summary>
public static class FileDiagnostics
{
    private static readonly DiagnosticKind TooLargeKind = new("BCN001", Severity.Error, "The file is too large",
        "Files are read up to 1 MiB. An ordinary barcelona.yml has a few hundred lines.");

    private static readonly DiagnosticKind NotUtf8Kind = new("BCN002", Severity.Error, "The file is not UTF-8",
        "Save the file as UTF-8. The place named is the first byte that is not.");

    private static readonly DiagnosticKind ByteOrderMarkKind = new("BCN003", Severity.Information, "The file begins with a byte order mark",
        "It is skipped. Some other YAML readers stumble over it.");

    private static readonly DiagnosticKind ControlCharacterKind = new("BCN004", Severity.Error, "A character that YAML does not allow",
        "YAML allows tab, line feed, carriage return and printable characters. Write others as an escape in double quotes.");

    private static readonly DiagnosticKind EmptyKind = new("BCN005", Severity.Error, "The file is empty", "A file holds one map.");

    private static readonly DiagnosticKind MissingKind = new("BCN006", Severity.Error, "The file cannot be read",
        "The file is absent, or is not a file: symbolic links are not followed.");

    private static readonly DiagnosticKind TwiceKind = new("BCN007", Severity.Error, "Two files of one name",
        "`districts/<name>.yml` and `districts/<name>.yaml` are the same district: neither is taken for granted.");

    public static Diagnostic TooLarge(string file, long found, int allowed) =>
        TooLargeKind.At(SourceSpan.StartOf(file), $"The file has {found:N0} bytes; at most {allowed:N0} are read.");

    public static Diagnostic NotUtf8(SourceSpan span, string hint) => NotUtf8Kind.At(span, "The file is not UTF-8 from here on.", hint);

    public static Diagnostic ByteOrderMark(SourceSpan span) =>
        ByteOrderMarkKind.At(span, "The file begins with a byte order mark, which is skipped.");

    public static Diagnostic ControlCharacter(SourceSpan span, char found) =>
        ControlCharacterKind.At(span, $"The character U+{(int)found:X4} is not allowed in YAML.", "Write it as an escape in double quotes.");

    public static Diagnostic Empty(string file) => EmptyKind.At(SourceSpan.StartOf(file), "The file is empty; a map is expected.");

    public static Diagnostic Twice(string file, string other) =>
        TwiceKind.At(SourceSpan.StartOf(file), $"{file} and {other} are the same district.", "Remove one of them.");

    public static Diagnostic Missing(string file, string reason) => MissingKind.At(SourceSpan.StartOf(file), reason);
}
