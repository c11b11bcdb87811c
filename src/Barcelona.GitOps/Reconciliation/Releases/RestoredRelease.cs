using System.Text.Json;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>Gives a rollback the versions of secrets that the release ran with, and says what a rollback leaves out.</summary>
public sealed class RestoredRelease(ReleaseHistory releases, AwsSecretsReader secrets)
{
    public async Task<Resolution> PinAsync(Run run, AwsSession session, Resolution current, CancellationToken cancellationToken)
    {
        var release = await releases.FindAsync(new(run.District, run.Heritage), run.OfRelease ?? 0, cancellationToken);
        var versions = JsonSerializer.Deserialize<Dictionary<string, string>>(release?.Secrets ?? "{}") ?? [];
        var (environment, pinned) = (current.Inputs.Environment, current.Inputs.Secrets);
        var said = current.Diagnostics;

        // Credentials to pull with are no part of what an application runs with: the current ones are as good.
        foreach (var variable in environment.Variables.OfType<EnvironmentVariable.Secret>().DistinctBy(v => v.Path.Value))
        {
            var path = variable.Path.Value;
            if (!pinned.TryGetValue(path, out var secret) || versions.GetValueOrDefault(path) is not { } wanted || wanted == secret.VersionId)
            {
                continue;
            }

            if (await secrets.HasVersionAsync(session, secret.Arn, wanted, cancellationToken))
            {
                pinned = pinned.SetItem(path, new ResolvedSecret(secret.Arn, wanted));
            }
            else
            {
                said = said.Add(RollbackDiagnostics.VersionGone(variable.Path.Span, $"barcelona/{run.District}/{path}", wanted));
            }
        }

        return current with { Inputs = current.Inputs with { Secrets = pinned }, Diagnostics = said };
    }
}
