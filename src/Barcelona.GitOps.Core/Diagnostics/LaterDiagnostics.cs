namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>Keys that this version understands and does not run yet.</summary>
internal static class LaterDiagnostics
{
    private static readonly DiagnosticKind NotYetKind = new("BCN400", Severity.Warning, "Accepted, not run yet",
        "The key is checked. A deploy of the environment is refused while it is there: a migration or an approval is never silently skipped.");

    private static readonly DiagnosticKind RefusedKind = new("BCN401", Severity.Error, "A deploy needs something that this version does not run yet",
        "The deploy is refused rather than done without it. Remove the key, or wait for the version that runs it.");

    public static Diagnostic NotYet(SourceSpan span, string key) =>
        NotYetKind.At(span, $"'{key}' is accepted; this version does not run it yet, and refuses to deploy the environment while it is there.");

    public static Diagnostic Refused(SourceSpan span, string key, string environment) =>
        RefusedKind.At(span, $"'{environment}' is not deployed: this version does not run '{key}' yet.",
            "Nothing was changed. Remove the key to deploy without it.");
}
