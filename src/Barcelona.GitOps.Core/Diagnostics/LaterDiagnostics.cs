namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>Keys that this version understands and does not run yet.</summary>
internal static class LaterDiagnostics
{
    private static readonly DiagnosticKind NotYetKind = new("BCN400", Severity.Warning, "Accepted, not run yet",
        "The key is checked. A deploy of the environment is refused while it is there: an approval is never silently skipped.");

    private static readonly DiagnosticKind RefusedKind = new("BCN401", Severity.Error, "A deploy needs something that this version does not run yet",
        "The deploy is refused rather than done without it. Remove the key, or wait for the version that runs it.");

    private static readonly DiagnosticKind ImageWaitKind = new("BCN402", Severity.Information, "The image is not waited for yet",
        "The tag is deployed as written, unseen. If the image is not there yet, its tasks fail to start and the deploy says so.");

    public static Diagnostic NotYet(SourceSpan span, string key) =>
        NotYetKind.At(span, $"'{key}' is accepted; this version does not run it yet, and refuses to deploy the environment while it is there.");

    public static Diagnostic Refused(SourceSpan span, string key, string environment) =>
        RefusedKind.At(span, $"'{environment}' is not deployed: this version does not run '{key}' yet.",
            "Nothing was changed. Remove the key to deploy without it.");

    public static Diagnostic ImageWait(SourceSpan span) =>
        ImageWaitKind.At(span, "'image_wait' is accepted; this version deploys the tag as written, unseen.");
}
