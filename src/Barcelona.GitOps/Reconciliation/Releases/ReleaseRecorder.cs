using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>
/// Gives a release its number before anything is written to AWS, and notes which one was seen to run. The number is in the app stack too, so that
/// a lost database goes on counting.
/// </summary>
public sealed class ReleaseRecorder(ReleaseHistory releases, TimeProvider clock)
{
    /// <summary>Longer ones are names of tags and abbreviated commits, which stood here once.</summary>
    private const int MaxDigits = 6;

    /// <summary>The number that a stack was last given; 0: none.</summary>
    public static long NumberOf(ObservedStack? stack) =>
        stack?.Parameters.GetValueOrDefault(StackKeys.ReleaseParameter) is { Length: <= MaxDigits } text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <returns>The number. Another pass of the same run gets the same.</returns>
    public async Task<long> BeginAsync(ActiveRun run, PlannedRelease release, ObservedStack? appStack, CancellationToken cancellationToken)
    {
        if (run.Progress.Release is null)
        {
            // A worker that has lost its lease gives no numbers.
            await run.UpdateAsync(run.Progress, cancellationToken);
        }

        var content = ContentOf(release.Desired, release.Desired.AppStack.Parameters);
        var number = await releases.AddAsync(Of(run.Row, release, number: 0), content, NumberOf(appStack), cancellationToken);
        if (run.Progress.Release != number)
        {
            await run.UpdateAsync(run.Progress with { Release = number }, cancellationToken);
        }

        return number;
    }

    /// <summary>What this run asked for is what runs, by the number that the stack says: it may be that of an earlier run.</summary>
    public async Task ConfirmAsync(ActiveRun run, PlannedRelease release, ObservedStack? appStack, CancellationToken cancellationToken)
    {
        if (appStack is null || NumberOf(appStack) is not (> 0 and var number))
        {
            return;
        }

        var found = Of(run.Row, release, number);
        if (run.Progress.Release != number)
        {
            // Should nobody remember it: the stack knows which commit made it, and the equal fingerprint says of what it is made.
            var commit = CommitOf(appStack) ?? found.Commit;
            found = found with { Kind = RunKind.Deploy, OfRelease = null, Actor = null, Reason = "found", Commit = commit };
        }

        await releases.ConfirmAsync(found, ContentOf(release.Desired, appStack.Parameters), cancellationToken);
    }

    /// <summary>The same when nothing is wanted any more: what was put on record before its first write is what runs.</summary>
    public async Task ConfirmGivenAsync(ActiveRun run, ObservedStack appStack, CancellationToken cancellationToken)
    {
        var target = new DeployTarget(run.Row.District, run.Row.Heritage);
        if (NumberOf(appStack) is > 0 and var number
            && await releases.FindAsync(target, number, cancellationToken) is { } release
            && await releases.ContentAsync(target, number, cancellationToken) is { } content)
        {
            await releases.ConfirmAsync(release, content with { Parameters = Json(appStack.Parameters) }, cancellationToken);
        }
    }

    private static CommitSha? CommitOf(ObservedStack stack) =>
        CommitSha.TryParse(stack.Parameters.GetValueOrDefault(StackKeys.CommitParameter), out var commit) ? commit : null;

    private Release Of(Run run, PlannedRelease release, long number) => new()
    {
        District = run.District,
        Heritage = run.Heritage,
        Number = number,
        RunId = run.Id,
        Kind = run.Kind,
        OfRelease = run.OfRelease,
        Repository = run.Repository,
        Environment = run.Environment,
        Ref = run.Ref,
        Commit = run.Commit,
        PlatformCommit = run.PlatformCommit,
        Image = release.Wanted.ReadableImage(release.Inputs.ImageDigest),
        Secrets = Json(release.Inputs.Secrets.Select(s => KeyValuePair.Create(s.Key, s.Value.VersionId))),
        Fingerprint = release.Desired.Fingerprint,
        Actor = run.Actor,
        Reason = run.Reason,
        CreatedAt = clock.GetUtcNow(),
    };

    private static ReleaseContent ContentOf(DesiredState desired, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var configuration = new JsonObject
        {
            ["heritage"] = JsonNode.Parse(desired.HeritageStack.TemplateBody),
            ["app"] = JsonNode.Parse(desired.AppStack.TemplateBody),
            ["taskDefinitions"] = new JsonObject(desired.TaskDefinitions.Select(t => KeyValuePair.Create(t.Name, JsonNode.Parse(t.Content)))),
        };
        return new(CanonicalJson.Write(configuration), Json(parameters));
    }

    private static string Json(IEnumerable<KeyValuePair<string, string>> pairs) =>
        CanonicalJson.Write(new JsonObject(pairs.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))));
}
