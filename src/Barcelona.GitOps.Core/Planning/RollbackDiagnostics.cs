using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Planning;

/// <summary>What a rollback cannot put back, and what it leaves out.</summary>
public static class RollbackDiagnostics
{
    private static readonly DiagnosticKind VersionGoneKind = new("BCN730", Severity.Error, "The version of a secret is gone",
        "A rollback gives an application the versions of its secrets that the release had. Secrets Manager forgets versions without a label after a "
        + "while, and all of them when a secret is deleted. A restart or a new commit takes the current version.");

    private static readonly DiagnosticKind NotRunKind = new("BCN731", Severity.Information, "before_deploy is not run on a rollback",
        "What it prepared is there already, and going back it could undo nothing.");

    public static Diagnostic VersionGone(SourceSpan span, string secret, string version) => VersionGoneKind.At(
        span, $"The secret '{secret}' no longer has the version {version} that the release ran with.",
        "Roll back to a later release, or deploy a commit, which takes the current version.");

    public static Diagnostic BeforeDeployIsNotRun(SourceSpan span) => NotRunKind.At(span, "before_deploy is not run on a rollback.");
}
