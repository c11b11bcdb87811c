using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>What a registry says about the image that a deploy wants.</summary>
public static class ImageDiagnostics
{
    private static readonly DiagnosticKind NotThereKind = new("BCN740", Severity.Error, "The image did not appear",
        "The image of a deploy is looked up before anything changes, and waited for as long as `image_wait` says. Its tag did not appear. A registry "
        + "may say of an image that it hides just what it says of one that is not there.");

    private static readonly DiagnosticKind DeniedKind = new("BCN741", Severity.Error, "The registry does not show the image",
        "Waiting gives nobody access, so the deploy ends at once. Without credentials many registries answer alike for a private image and for one "
        + "whose repository does not exist yet. Credentials are `registries: {host: {secret: path}}` in the district file; ECS pulls with them too.");

    private static readonly DiagnosticKind LoginKind = new("BCN742", Severity.Error, "The registry refuses the credentials",
        "The secret in Secrets Manager must be JSON with `username` and `password`, as ECS wants it, and the registry must accept them.");

    private static readonly DiagnosticKind UnseenKind = new("BCN743", Severity.Warning, "The image could not be looked up for a plan",
        "`barcelona plan` does not wait. It shows the tag in place of the digest that a deploy would use.");

    /// <param name="waited">How long, how often it was looked for, and what the registry said last.</param>
    public static Diagnostic NotThere(EnvironmentManifest environment, string image, (TimeSpan Wait, int Looks, string Answer) waited) =>
        NotThereKind.At(
        PlaceOf(environment),
        $"The image {image} did not appear within {Text(waited.Wait)}. Looked {waited.Looks} times; the last answer: {waited.Answer}.",
        "See whether it was built and pushed under this tag, and re-run this check. A build that takes longer wants a longer image_wait.");

    public static Diagnostic Denied(EnvironmentManifest environment, string image, string answer) => DeniedKind.At(
        PlaceOf(environment),
        $"{ImageName.Parse(image).Registry} does not show {image} to us: {answer}. It is private, or its repository does not exist: "
        + "the answer is the same.",
        "Give the district credentials of the registry (`registries`), or push the image first; then re-run this check.");

    /// <param name="refused">Where the credentials come from, and what the registry said to them.</param>
    public static Diagnostic Login(EnvironmentManifest environment, string image, (string From, string Answer) refused) => LoginKind.At(
        PlaceOf(environment),
        $"{ImageName.Parse(image).Registry} does not show {image} with the credentials of {refused.From}: {refused.Answer}.",
        "See whether they are right and may read this repository, or whether it has yet to be made; then re-run this check.");

    public static Diagnostic Unseen(EnvironmentManifest environment, string image, string answer) => UnseenKind.At(
        PlaceOf(environment), $"The image {image} could not be looked up: {answer}.", "A deploy would wait for it.");

    private static SourceSpan PlaceOf(EnvironmentManifest environment) =>
        environment.ImageTag?.Span ?? environment.ImageName?.Span ?? environment.Key.Span;

    private static string Text(TimeSpan wait) =>
        wait.TotalMinutes >= 1 && wait.Seconds == 0 ? FormattableString.Invariant($"{wait.TotalMinutes:0} minutes")
        : FormattableString.Invariant($"{wait.TotalSeconds:0} seconds");
}
