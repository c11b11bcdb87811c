using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>An application is to be deployed to a district that is not there yet, or is going.</summary>
public static class MadeDistrictDiagnostics
{
    private static readonly DiagnosticKind NotMadeKind = new("BCN720", Severity.Error, "A district that is not made yet",
        "The district's file asks for parts that Barcelona makes, and they are not there. "
        + "They are made when the file is merged to the platform repository: see the check `barcelona/district/<name>` there.");

    private static readonly DiagnosticKind GoingKind = new("BCN721", Severity.Error, "A district that is being taken down",
        "Its file says `delete: true`: nothing is deployed there any more.");

    public static Diagnostic NotMade(SourceSpan span, string district, IEnumerable<string> parts) => NotMadeKind.At(
        span, $"District '{district}' has no {string.Join(", no ", parts)} yet.",
        $"See the check barcelona/district/{district} on the platform repository.");

    public static Diagnostic Going(SourceSpan span, string district) =>
        GoingKind.At(span, $"District '{district}' is being taken down.", "Name another district.");
}
