using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Registries;

namespace Barcelona.GitOps.Reconciliation.Images;

/// <summary>What came of a look at an image.</summary>
public abstract record ImageSight
{
    private ImageSight() { }

    public sealed record Seen(string Digest) : ImageSight;

    /// <summary>Waiting changes nothing: somebody has to.</summary>
    public sealed record Refused(Diagnostic Diagnostic) : ImageSight;

    /// <param name="Answer">Of the registry.</param>
    /// <param name="RetryAfter">As the registry asked for; null: it did not.</param>
    public sealed record NotYet(string Answer, TimeSpan? RetryAfter) : ImageSight;
}

/// <summary>Looks an image up in its registry, with the credentials that there are.</summary>
public sealed class ImageLookup(RegistryClient registries, RegistryLogins logins)
{
    /// <summary>
    /// The digest of what runs, if it is this commit's with this tag: then it is decided, and no registry is asked. So a database that is lost
    /// changes nothing.
    /// </summary>
    public static string? Recorded(ObservedStack? app, CommitSha commit, string image) =>
        app is not null && app.Parameters.GetValueOrDefault(StackKeys.CommitParameter) == commit.Value
        && app.Parameters.GetValueOrDefault(StackKeys.ImageParameter) == image
            ? app.Parameters.GetValueOrDefault(StackKeys.ImageDigestParameter)
            : null;

    public async Task<ImageSight> LookAsync(
        AwsSession session, EnvironmentManifest environment, string image, CancellationToken cancellationToken)
    {
        var (login, missing) = await logins.FindAsync(session, image, cancellationToken);
        if (missing is not null)
        {
            return new ImageSight.Refused(
                ImageDiagnostics.Login(environment, image, (missing, "it is not there, or is no JSON with username and password")));
        }

        return await registries.LookAsync(ImageName.Parse(image), login, cancellationToken) switch
        {
            ImageReading.Found(var digest) => new ImageSight.Seen(digest),
            ImageReading.Denied(var answer) => new ImageSight.Refused(login is null
                ? ImageDiagnostics.Denied(environment, image, answer)
                : ImageDiagnostics.Login(environment, image, (login.From, answer))),
            ImageReading.NotThere(var answer) => new ImageSight.NotYet(answer, null),
            ImageReading.Unavailable(var answer, var after) => new ImageSight.NotYet(answer, after),
            var other => throw new InvalidOperationException($"A reading of an image that nobody knows: {other.GetType().Name}."),
        };
    }
}
