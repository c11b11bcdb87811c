namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>What is wrong with a key or the type of its value, whatever the key.</summary>
internal static class KeyDiagnostics
{
    private static readonly DiagnosticKind UnknownKeyKind = new("BCN030", Severity.Error, "An unknown key",
        "The original ignored unknown keys, so that a typo in `listeners` silently took a service off its load balancer. "
        + "Keys that begin with `x-` are free.");

    private static readonly DiagnosticKind MissingKeyKind = new("BCN031", Severity.Error, "A key is missing", "The key is required here.");

    private static readonly DiagnosticKind WrongFormKind = new("BCN032", Severity.Error, "Another form is expected",
        "A list stands where a map is expected, or the like. Found contents are not repeated: they might be secret.");

    private static readonly DiagnosticKind NumberKind = new("BCN033", Severity.Error, "Not a whole number in the range",
        "Numbers are written without quotes. As in the original, a leading 0 means octal, 0x hexadecimal, and underscores may group digits.");

    private static readonly DiagnosticKind FlagKind = new("BCN034", Severity.Error, "Neither true nor false",
        "true, yes and on are one, false, no and off the other, without quotes.");

    private static readonly DiagnosticKind ChoiceKind = new("BCN035", Severity.Error, "Not one of the allowed words", "The message lists them.");

    private static readonly DiagnosticKind DurationKind = new("BCN036", Severity.Error, "Not a duration in the range",
        "Durations carry their unit: 90s, 30m, 1h, 1h30m.");

    private static readonly DiagnosticKind TextKind =
        new("BCN037", Severity.Error, "A text that the key does not allow", "The message says what is allowed.");

    private static readonly DiagnosticKind TwiceKind =
        new("BCN038", Severity.Error, "Two of one name", "The names in this list tell its entries apart.");

    private static readonly DiagnosticKind ExclusiveKind = new("BCN039", Severity.Error, "Keys that exclude each other, or none of them",
        "Exactly one of them is wanted.");

    private static readonly DiagnosticKind TooManyKind =
        new("BCN040", Severity.Error, "Too many entries", "The list is longer than what AWS or the service takes.");

    private static readonly DiagnosticKind TooFewKind = new("BCN041", Severity.Error, "Too few entries", "The list needs more entries.");

    public static Diagnostic UnknownKey(SourceSpan span, string key, string owner, string hint) =>
        UnknownKeyKind.At(span, $"The key '{key}' is not known in {owner}.", hint);

    public static Diagnostic MissingKey(SourceSpan span, string key, string owner, string description) =>
        MissingKeyKind.At(span, $"The key '{key}' is missing in {owner}.", description);

    public static Diagnostic WrongForm(SourceSpan span, string subject, string found, string allowed) =>
        WrongFormKind.At(span, $"'{subject}' is {found}; {allowed} is expected.");

    public static Diagnostic Number(SourceSpan span, string subject, string found, string allowed) =>
        NumberKind.At(span, $"'{subject}' is {found}; {allowed} is expected.",
            found.StartsWith("the text", StringComparison.Ordinal) ? "Write it without quotes." : "");

    public static Diagnostic Flag(SourceSpan span, string subject, string found) =>
        FlagKind.At(span, $"'{subject}' is {found}; true or false is expected.",
            found.StartsWith("the text", StringComparison.Ordinal) ? "Write it without quotes." : "");

    public static Diagnostic Choice(SourceSpan span, string subject, string found, (IEnumerable<string> Allowed, string Hint) choice) =>
        ChoiceKind.At(span, $"'{subject}' is {found}; allowed: {string.Join(", ", choice.Allowed)}.", choice.Hint);

    public static Diagnostic Duration(SourceSpan span, string subject, string found, (string Allowed, string Hint) expected) =>
        DurationKind.At(span, $"'{subject}' is {found}; expected is {expected.Allowed}.", expected.Hint);

    public static Diagnostic Text(SourceSpan span, string subject, string found, (string Allowed, string Hint) expected) =>
        TextKind.At(span, $"'{subject}' is {found}; allowed: {expected.Allowed}.", expected.Hint);

    public static Diagnostic Twice(SourceSpan span, string what, string name, int firstLine) =>
        TwiceKind.At(span, $"Two {what} are called '{name}': on line {firstLine} and on line {span.Line}.");

    public static Diagnostic Exclusive(SourceSpan span, IEnumerable<string> allowed, IReadOnlyCollection<string> found) =>
        ExclusiveKind.At(span, found.Count == 0
            ? $"One of {string.Join(", ", allowed)} is missing."
            : $"{string.Join(" and ", found.Select(f => $"'{f}'"))} exclude each other; exactly one of {string.Join(", ", allowed)} is expected.");

    public static Diagnostic TooMany(SourceSpan span, string subject, int found, int allowed) =>
        TooManyKind.At(span, $"'{subject}' has {found} entries; at most {allowed} are allowed.");

    public static Diagnostic TooFew(SourceSpan span, string subject, int found, int allowed) =>
        TooFewKind.At(span, $"'{subject}' has {found} entries; at least {allowed} are expected.");
}
