using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Manifest;

/// <summary>
/// What an environment asks for that this version does not run yet. Such a deploy is refused: no approval is silently skipped.
/// </summary>
public static class DeployRefusals
{
    /// <summary>Errors, one per key that stands in the way; empty when the environment can be deployed.</summary>
    public static ImmutableArray<Diagnostic> Of(EnvironmentManifest environment) =>
        [.. NotRunYet(environment).Select(n => LaterDiagnostics.Refused(n.Span, n.Key, environment.Key.Value))];

    internal static IEnumerable<(string Key, SourceSpan Span)> NotRunYet(EnvironmentManifest environment)
    {
        if (environment.Deploy is { WaitFor: [var check, ..] })
        {
            yield return ("wait_for", check.Span);
        }

        if (environment.Deploy is { Approve: [var team, ..] })
        {
            yield return ("approve", team.Span);
        }

        foreach (var scaling in environment.Services.Select(s => s.Autoscaling).OfType<Autoscaling>())
        {
            yield return ("autoscaling", scaling.Span);
        }
    }
}
