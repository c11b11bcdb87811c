namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>What a file may not do in YAML.</summary>
internal static class YamlDiagnostics
{
    private static readonly DiagnosticKind SyntaxKind = new("BCN010", Severity.Error, "The YAML is broken",
        "The place is where the reader gave up; the cause is often on the line above it: indentation, a missing quote, a missing colon.");

    private static readonly DiagnosticKind TooDeepKind = new("BCN011", Severity.Error, "Maps and lists are nested too deeply",
        "At most 32 levels are read. Nothing that is known here needs ten.");

    private static readonly DiagnosticKind AliasBudgetKind = new("BCN012", Severity.Error, "Aliases repeat too much",
        "What aliases and merge keys repeat is limited, so that a small file cannot become an enormous one.");

    private static readonly DiagnosticKind UnknownAnchorKind = new("BCN013", Severity.Error, "An alias without its anchor",
        "An alias (*name) repeats what an anchor (&name) above it has marked.");

    private static readonly DiagnosticKind TagKind = new("BCN014", Severity.Error, "A tag",
        "Tags (!name, !!type) are not allowed: the type of every value follows from its key.");

    private static readonly DiagnosticKind SecondDocumentKind = new("BCN015", Severity.Error, "A second document",
        "A file holds one document; a line of three hyphens begins another.");

    private static readonly DiagnosticKind LongTextKind = new("BCN016", Severity.Error, "A text is too long",
        "A single text may have up to 65,536 characters.");

    private static readonly DiagnosticKind KeyKind = new("BCN017", Severity.Error, "A key that is not plain text",
        "Keys are texts; lists and maps cannot be keys.");

    private static readonly DiagnosticKind DuplicateKeyKind = new("BCN018", Severity.Error, "A key is given twice",
        "The original took the last one without a word. Here neither is taken for granted: keep one.");

    private static readonly DiagnosticKind MergeKind = new("BCN019", Severity.Error, "A merge key without a map",
        "`<<` takes a map, an alias of a map, or a list of those.");

    private static readonly DiagnosticKind MergeOrderKind = new("BCN020", Severity.Warning, "A merge key below a key that it also holds",
        "By the rules of YAML a key of the map itself wins over a merged one wherever it stands, and so it does here. "
        + "The original's reader let the later of the two win. Move `<<` to the top, or remove the key.");

    private static readonly DiagnosticKind TabKind = new("BCN021", Severity.Error, "A tab that indents",
        "YAML indents with spaces only: how wide a tab is, every editor sees differently.");

    private static readonly DiagnosticKind TooManyNodesKind = new("BCN022", Severity.Error, "Too many values",
        "A file may have up to 100,000 keys and values. An ordinary barcelona.yml has a few hundred.");

    public static Diagnostic Syntax(SourceSpan span, string found) => SyntaxKind.At(span, $"The YAML is broken here: {found.TrimEnd('.', ' ')}.");

    public static Diagnostic Tab(SourceSpan span) => TabKind.At(span, "A tab stands here where YAML takes only spaces.", "Indent with spaces.");

    public static Diagnostic TooDeep(SourceSpan span, int allowed) =>
        TooDeepKind.At(span, $"Maps and lists are nested more than {allowed} levels deep.");

    public static Diagnostic TooManyNodes(SourceSpan span, int allowed) =>
        TooManyNodesKind.At(span, $"The file has more than {allowed:N0} keys and values.");

    public static Diagnostic AliasBudget(SourceSpan span, int allowed) =>
        AliasBudgetKind.At(span, $"Aliases and merge keys repeat more than {allowed:N0} values.");

    public static Diagnostic UnknownAnchor(SourceSpan span, string name, string hint) =>
        UnknownAnchorKind.At(span, $"There is no complete anchor '&{name}' above this alias.", hint);

    public static Diagnostic Tag(SourceSpan span, string tag) =>
        TagKind.At(span, $"The tag '{tag}' is not allowed: the type of a value follows from its key.", "Remove the tag.");

    public static Diagnostic SecondDocument(SourceSpan span) => SecondDocumentKind.At(span, "A second document begins here; a file holds one.");

    public static Diagnostic LongText(SourceSpan span, int found, int allowed) =>
        LongTextKind.At(span, $"This text has {found:N0} characters; at most {allowed:N0} are allowed.");

    public static Diagnostic KeyIsNotText(SourceSpan span) => KeyKind.At(span, "A list or a map cannot be a key.");

    public static Diagnostic DuplicateKey(SourceSpan span, string key, int firstLine) =>
        DuplicateKeyKind.At(span, $"The key '{key}' is given twice: on line {firstLine} and on line {span.Line}.",
            key == "<<" ? "Merge several maps with one list: <<: [*first, *second]." : "Keep one of them.");

    public static Diagnostic MergeOfNoMap(SourceSpan span, string found) =>
        MergeKind.At(span, $"'<<' merges maps; {found} was found.", "Write <<: *anchor, or <<: [*first, *second].");

    public static Diagnostic MergeOrder(SourceSpan span, string key) =>
        MergeOrderKind.At(span, $"'{key}' is also in the map that '<<' merges below it; the value here is taken.",
            "The original took the merged one. Move '<<' to the top.");
}
