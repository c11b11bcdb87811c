namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>What is wrong with environments, and with the file as a whole.</summary>
internal static class EnvironmentDiagnostics
{
    private static readonly DiagnosticKind NothingToDoKind = new("BCN100", Severity.Error, "Neither environments nor a review app",
        "A barcelona.yml says what should run below `environments`.");

    private static readonly DiagnosticKind UnusedHelperKind = new("BCN101", Severity.Warning, "A key at the top that nothing uses",
        "Keys at the top of the file are free, so that they can hold an anchor. This one holds none: perhaps it is misspelt.");

    private static readonly DiagnosticKind SameHeritageKind = new("BCN102", Severity.Error, "Two environments of one heritage",
        "A heritage is one application in a district. Two environments that claim it there would overwrite each other; "
        + "in two districts they may share the name.");

    private static readonly DiagnosticKind TwoDefaultsKind = new("BCN103", Severity.Error, "Two environments would deploy the default branch",
        "An environment without `deploy` deploys pushes to the default branch. With several of them it must be said which deploys what.");

    private static readonly DiagnosticKind ObsoleteKind = new("BCN104", Severity.Warning, "A key of the original without effect here",
        "The key is accepted so that existing files keep working. The message says what holds instead.");

    private static readonly DiagnosticKind ReviewKind = new("BCN105", Severity.Warning, "A review app is not deployed yet",
        "The definition is checked. Review apps come with a later version.");

    private static readonly DiagnosticKind NoWebReviewKind = new("BCN106", Severity.Error, "A review app without a web service",
        "A review app is reached through its first service of type web.");

    private static readonly DiagnosticKind BcndEnvironmentKind = new("BCN107", Severity.Warning, "bcnd names an environment that is not there",
        "Pushes to the branch will deploy nothing. The original's defaults are master to staging and production to production.");

    private static readonly DiagnosticKind PlaceholderKind = new("BCN108", Severity.Error, "An unknown placeholder in image_tag",
        "Known are {sha}, {short_sha}, {branch} and {tag}.");

    public static Diagnostic NothingToDo(SourceSpan span, string hint) =>
        NothingToDoKind.At(span, "The file has neither 'environments' nor 'review'.", hint);

    public static Diagnostic UnusedHelper(SourceSpan span, string key, string hint) =>
        UnusedHelperKind.At(span, $"The key '{key}' is not known and holds no anchor: nothing uses it.", hint);

    public static Diagnostic SameHeritage(SourceSpan span, string name, int firstLine) =>
        SameHeritageKind.At(
            span, $"Two environments have the heritage '{name}': on line {firstLine} and on line {span.Line}.",
            "Give each its own name, or its own district.");

    public static Diagnostic TwoDefaults(SourceSpan span, string environment, string other) =>
        TwoDefaultsKind.At(span, $"'{environment}' and '{other}' would both deploy pushes to the default branch.",
            "Say when each deploys: deploy: {on: [{branch: main}]}.");

    public static Diagnostic Obsolete(SourceSpan span, string key, string instead) =>
        ObsoleteKind.At(span, $"'{key}' is accepted and has no effect.", instead);

    public static Diagnostic ReviewNotYet(SourceSpan span) => ReviewKind.At(span, "The review app is checked and not deployed yet.");

    public static Diagnostic NoWebInReview(SourceSpan span) =>
        NoWebReviewKind.At(span, "A review app needs a service with service_type: web.");

    public static Diagnostic BcndEnvironment(SourceSpan span, string environment, string hint) =>
        BcndEnvironmentKind.At(span, $"'bcnd' deploys to '{environment}', which is not an environment of this file.", hint);

    public static Diagnostic Placeholder(SourceSpan span, string found, string hint) =>
        PlaceholderKind.At(span, $"'{found}' is not a placeholder; known are {{sha}}, {{short_sha}}, {{branch}} and {{tag}}.", hint);
}
