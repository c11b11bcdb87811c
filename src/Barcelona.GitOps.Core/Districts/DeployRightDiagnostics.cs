using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>Why somebody's push or request does not deploy to a district that names teams.</summary>
public static class DeployRightDiagnostics
{
    private static readonly DiagnosticKind MissingKind = new("BCN605", Severity.Error, "A deploy by somebody who may not",
        "A district that names `teams` is deployed to by members of those with the right `deploy` or `admin`, and by its `apps`. "
        + "GitHub is asked at each deploy; who is not known to have the right does not have it.");

    /// <param name="why">A whole sentence: who asked for the deploy, and what they are not.</param>
    /// <param name="next">What to do about it.</param>
    public static Diagnostic Missing(SourceSpan span, string why, string next) => MissingKind.At(span, why, next);
}
