using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Failures;
using Barcelona.GitOps.Aws.Rollouts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Reports.Failures;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <summary>
/// Finds the cause of a failure in what AWS says, and lays out the evidence. Lines of application logs are shown for private repositories only,
/// with what looks like a secret taken out; for the others it is said where to read them.
/// </summary>
public sealed class CauseFinder(FailureEvidence evidence, GitHubClients gitHub)
{
    /// <returns>Null: the stack knows nothing of an operation with this token, so it is not this run that failed.</returns>
    public async Task<Outcome.Failed?> OfStackAsync(Run run, RolloutFailure failure, CancellationToken cancellationToken) =>
        await evidence.OfOperationAsync(failure.Session, new(failure.Expected, Reading: null, failure.Token), cancellationToken) is { } collected
            ? await ToldAsync(run, failure, collected, cancellationToken)
            : null;

    public async Task<Outcome.Failed> OfRolloutAsync(Run run, RolloutFailure failure, RolloutReading reading, CancellationToken cancellationToken) =>
        await ToldAsync(run, failure, await evidence.CollectAsync(failure.Session, new(failure.Expected, reading, failure.Token), cancellationToken), cancellationToken);

    /// <summary>What containers wrote, as far as it may be shown.</summary>
    public async Task<ImmutableArray<string>> LinesAsync(
        Run run, AwsSession session, IReadOnlyCollection<ContainerLog> logs, CancellationToken cancellationToken)
    {
        var mayShow = logs.Count > 0 && await IsPrivateAsync(run, cancellationToken);
        return [.. logs.SelectMany(log => mayShow ? Shown(log) : [
            $"logs of {log.Service}: CloudWatch group {log.Group}, stream {log.Stream}",
            LogConsole.PageOf(session.District.Region, log.Group, log.Stream).AbsoluteUri,
        ])];
    }

    private async Task<Outcome.Failed> ToldAsync(
        Run run, RolloutFailure failure, CollectedEvidence collected, CancellationToken cancellationToken)
    {
        var cause = FailureClassifier.Classify(collected.Facts, failure.TimedOutAfter);
        var headline = Redactor.Redact(cause.Headline);
        var wayBack = failure.SaysWayBack ? WayBack.Of(cause, collected.Facts, failure.Expected.Stack.Status) : "";
        ImmutableArray<string> shown = [.. Redactor.Redact(cause.Evidence), .. await LinesAsync(run, failure.Session, collected.Logs, cancellationToken)];
        return new($"{headline} {wayBack}".TrimEnd(), shown)
        {
            // The check of a rollback stands on another commit than the one whose file this is.
            Remark = failure.Environment is { } file && run.CheckCommit is null ? CausePlaces.Of(cause, file, headline) : null,
        };
    }

    /// <summary>As GitHub says at this moment: a repository may have been published since. Whoever cannot be asked counts as public.</summary>
    private async Task<bool> IsPrivateAsync(Run run, CancellationToken cancellationToken)
    {
        try
        {
            var client = await gitHub.ForAsync(run.Installation, run.Repository, cancellationToken);
            return (await client.DescribeAsync(cancellationToken)).IsPrivate;
        }
        catch (Exception e) when (e is GitHubUnavailableException or GitHubRefusedException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Shown(ContainerLog log) =>
        log.Lines.IsEmpty ? [$"{log.Service} wrote no log lines."] : Redactor.Redact(log.Lines).Prepend($"last lines of {log.Service} ({log.Group}, {log.Stream}):");
}

/// <param name="Token">Of the stack operation; empty when none was begun.</param>
public sealed record RolloutFailure(AwsSession Session, ExpectedRollout Expected, string Token)
{
    /// <summary>What the file says of it, with its lines; null: there is no file of the commit.</summary>
    public EnvironmentManifest? Environment { get; init; }

    /// <summary>Null: the time allowed was not used up.</summary>
    public TimeSpan? TimedOutAfter { get; init; }

    /// <summary>False: whoever asks says himself what became of it.</summary>
    public bool SaysWayBack { get; init; } = true;
}
