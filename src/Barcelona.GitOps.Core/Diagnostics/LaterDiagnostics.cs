namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>Keys that this version understands and does not run yet.</summary>
internal static class LaterDiagnostics
{
    private static readonly DiagnosticKind ImageWaitKind = new("BCN402", Severity.Information, "The image is not waited for yet",
        "The tag is deployed as written, unseen. If the image is not there yet, its tasks fail to start and the deploy says so.");

    public static Diagnostic ImageWait(SourceSpan span) =>
        ImageWaitKind.At(span, "'image_wait' is accepted; this version deploys the tag as written, unseen.");
}
