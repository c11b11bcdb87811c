using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>Files that lead somewhere else than when a run was made.</summary>
public static class MovedDiagnostics
{
    private static readonly DiagnosticKind ElsewhereKind = new("BCN739", Severity.Error, "An environment that has moved",
        "A run writes to the district that it was made for, and to no other. When district files give the environment to another district meanwhile, "
        + "or the district another account or region, what runs in the first stays as it is: deploy to the new place with a commit, or take the "
        + "edit back.");

    /// <param name="span">Where the file names the district, or the environment that a district took.</param>
    /// <param name="moved">
    /// Districts with heritage, as <c>default/shop</c>, and where they are, if it is that: of the run, and by the files as they are now.
    /// </param>
    public static Diagnostic Elsewhere(SourceSpan span, RepositoryName repository, string environment, (string From, string To) moved) =>
        ElsewhereKind.At(
            span, $"'{environment}' of {repository} goes to {moved.To} now, and this run is of {moved.From}.",
            $"Nothing is written to {moved.To}, and {moved.From} stays as it is. Push a commit to deploy to {moved.To}, or give the environment "
            + $"back to {moved.From} in the district files and re-run this check.");
}
