using System.Collections.Immutable;
using System.Text.Json;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Releases;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Rollbacks;

/// <summary>Gives a rollback the versions of secrets that the release ran with, and says what a rollback leaves out.</summary>
public sealed class RestoredRelease(ReleaseHistory releases, AwsSecretsReader secrets)
{
    public async Task<Resolution> PinAsync(Run run, AwsSession session, Resolution current, CancellationToken cancellationToken)
    {
        var release = await releases.FindAsync(new(run.District, run.Heritage), run.OfRelease ?? 0, cancellationToken);
        var versions = JsonSerializer.Deserialize<Dictionary<string, string>>(release?.Secrets ?? "{}") ?? [];
        var (environment, pinned) = (current.Inputs.Environment, current.Inputs.Secrets);
        ImmutableArray<Diagnostic> said =
            environment.BeforeDeploy is { } task ? [.. current.Diagnostics, RollbackDiagnostics.BeforeDeployIsNotRun(task.Span)] : current.Diagnostics;
        foreach (var (path, secret) in current.Inputs.Secrets)
        {
            if (versions.GetValueOrDefault(path) is not { } wanted || wanted == secret.VersionId)
            {
                continue;
            }

            if (await secrets.HasVersionAsync(session, secret.Arn, wanted, cancellationToken))
            {
                pinned = pinned.SetItem(path, new ResolvedSecret(secret.Arn, wanted));
            }
            else
            {
                said = said.Add(RollbackDiagnostics.VersionGone(PlaceOf(environment, path), $"barcelona/{run.District}/{path}", wanted));
            }
        }

        return current with { Inputs = current.Inputs with { Secrets = pinned }, Diagnostics = said };
    }

    private static SourceSpan PlaceOf(EnvironmentManifest environment, string path) =>
        environment.Variables.OfType<EnvironmentVariable.Secret>().FirstOrDefault(v => v.Path.Value == path)?.Path.Span ?? environment.Key.Span;
}
