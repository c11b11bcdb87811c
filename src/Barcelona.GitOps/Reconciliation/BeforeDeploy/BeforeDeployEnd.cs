using System.Collections.Immutable;
using Amazon.Runtime;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Tasks;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Reconciliation.Running;

namespace Barcelona.GitOps.Reconciliation.BeforeDeploy;

/// <summary>
/// Judges how a before_deploy ended, and puts it on record before anything else happens: the next pass, whosever it is, says the same.
/// </summary>
public sealed class BeforeDeployEnd(OneOffs oneOffs, CauseFinder causes, TimeProvider clock)
{
    private const string NothingChanged = "No service was changed.";

    public async Task<Outcome> OfAsync(BeforeDeployLook look, OneOffTask task, CancellationToken cancellationToken)
    {
        var (progress, now) = (look.Progress, clock.GetUtcNow());
        if (OneOffEnd.FoundNoPlace(task.End) && now < progress.Until)
        {
            await look.NoteAsync(OnceMore(progress, task.End.Reason, now), cancellationToken);
            return look.Run.Waiting($"there was no place for before_deploy: {task.End.Reason}");
        }

        var lines = await LinesAsync(look, task, cancellationToken);
        if (OneOffEnd.CauseOf(progress.Start.Name, task.End) is { } cause)
        {
            var headline = progress.StopAskedAt is null
                ? cause.Headline
                : $"before_deploy did not end within {DurationText.Of(look.Timeout)}, and was stopped.";
            return await FailedAsync(look, headline, [.. Redactor.Redact(cause.Evidence), .. lines], cancellationToken);
        }

        var took = task.Ran ?? now - progress.BegunAt;
        var unused = progress.Until + BeforeDeployProgress.StopPatience - now;
        await look.Run.UpdateAsync(
            look.Run.Progress with
            {
                BeforeDeploy = progress with { HasSucceeded = true, EndedAt = now, Output = lines },
                Deadline = look.Run.Progress.Deadline - unused,
                Steps = look.Run.Progress.Steps.Add(new(now, $"before_deploy: exit 0, {DurationText.Of(took)}")),
                Looks = 0,
            },
            cancellationToken);

        // A rollback takes over here, if there is one: the next pass begins by asking.
        return new Outcome.InProgress(TimeSpan.Zero, "before_deploy has ended");
    }

    public async Task<Outcome> FailedAsync(
        BeforeDeployLook look, string headline, ImmutableArray<string> evidence, CancellationToken cancellationToken)
    {
        var cause = $"{Redactor.Redact(headline)} {NothingChanged}";
        var run = look.Run;
        var remarks = look.Line is { } line
            ? run.Progress.Diagnostics.Add(OneOffEnd.Failed(line, cause))
            : run.Progress.Diagnostics;
        await run.UpdateAsync(
            run.Progress with { BeforeDeploy = look.Progress with { Failure = cause }, Diagnostics = remarks, Evidence = evidence },
            cancellationToken);
        return new Outcome.Failed(cause, evidence);
    }

    /// <summary>ECS has said that nothing runs: another attempt is a first one, and until then nothing is under way.</summary>
    public static BeforeDeployProgress OnceMore(BeforeDeployProgress progress, string reason, DateTimeOffset now) => progress with
    {
        IsAsked = false,
        AskedAt = null,
        Attempt = progress.Attempt + 1,
        TaskArn = null,
        StartedAt = null,
        EndedAt = now,
        NoPlace = reason,
    };

    private async Task<ImmutableArray<string>> LinesAsync(BeforeDeployLook look, OneOffTask task, CancellationToken cancellationToken)
    {
        try
        {
            var log = await oneOffs.LogAsync(look.Session, look.Progress.Start, task.End, cancellationToken);
            return log is null ? [] : await causes.LinesAsync(look.Run.Row, look.Session, [log], cancellationToken);
        }
        catch (Exception e) when (e is AmazonServiceException or AwsUnavailableException or AwsDeniedException)
        {
            // Its verdict does not hang on what it wrote.
            return [$"not read: the logs of before_deploy: {Redactor.Redact(e.Message)}"];
        }
    }
}
