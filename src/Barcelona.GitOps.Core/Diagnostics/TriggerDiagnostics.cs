namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>Why a push that asks for a deploy does not get one.</summary>
internal static class TriggerDiagnostics
{
    private static readonly DiagnosticKind UnknownDistrictKind = new("BCN600", Severity.Error, "A district that is not there",
        "The platform repository has no districts/<name>.yml of that name.");

    private static readonly DiagnosticKind BrokenDistrictKind = new("BCN519", Severity.Error, "A district whose file has mistakes",
        "Nothing is deployed to a district while its file cannot be read as a whole. Its mistakes are in the check of the platform repository.");

    private static readonly DiagnosticKind NoConsentKind = new("BCN601", Severity.Error, "The district does not accept this repository",
        "A district lists the repositories that may deploy there; an application alone cannot choose its district.");

    private static readonly DiagnosticKind SeveralDistrictsKind = new("BCN602", Severity.Error, "Several districts take one environment",
        "More than one district file gives itself to this environment of the repository.");

    private static readonly DiagnosticKind PlaceholderKind = new("BCN603", Severity.Error, "image_tag does not fit what was pushed",
        "{branch} has a value for branches only, {tag} for tags only.");

    private static readonly DiagnosticKind SeveralDefaultsKind =
        new("BCN604", Severity.Error, "Several environments would deploy this push by default",
        "District files gave several environments of the repository a place, and none of them says when it deploys.");

    public static Diagnostic UnknownDistrict(SourceSpan span, string district, string hint) =>
        UnknownDistrictKind.At(span, $"There is no district '{district}'.", hint);

    public static Diagnostic BrokenDistrict(SourceSpan span, string district) => BrokenDistrictKind.At(
        span, $"The file of the district '{district}' has mistakes.",
        "Mend it in the platform repository, whose check names them; then re-run this one.");

    public static Diagnostic NoConsent(SourceSpan span, string district, string repository) =>
        NoConsentKind.At(
            span, $"The district '{district}' does not list '{repository}' for this environment.", "Add it to 'repositories' in the district file.");

    public static Diagnostic SeveralDistricts(SourceSpan span, IEnumerable<string> districts) =>
        SeveralDistrictsKind.At(span, $"Several districts take this environment: {string.Join(", ", districts)}.", "Name one with 'district'.");

    public static Diagnostic Placeholder(SourceSpan span, string placeholder, string pushed) =>
        PlaceholderKind.At(span, $"'{placeholder}' has no value: {pushed} was pushed.", "Use {sha}, or leave image_tag out.");

    public static Diagnostic SeveralDefaults(SourceSpan span, IEnumerable<string> environments) =>
        SeveralDefaultsKind.At(span, $"{string.Join(", ", environments)} would all deploy pushes to the default branch.",
            "Say when each deploys: deploy: {on: [{branch: main}]}.");
}
