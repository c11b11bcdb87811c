using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Reconciliation.Releases;
using Barcelona.GitOps.Reconciliation.Reporting;
using Barcelona.GitOps.Reconciliation.Running;

namespace Barcelona.GitOps.Reconciliation.Images;

/// <summary>What is known of a run's image.</summary>
public abstract record ImageDecision
{
    private ImageDecision() { }

    /// <param name="Digest">Null: the tag as written, unseen.</param>
    public sealed record Deploy(string? Digest) : ImageDecision;

    /// <summary>Nothing is deployed in this pass.</summary>
    public sealed record Instead(Outcome Outcome) : ImageDecision;
}

/// <summary>Decides once per run which image it deploys, and waits for one that is not there yet.</summary>
public sealed class ImageWaiter(ImageLookup images, RunReporter reporter, TimeProvider clock)
{
    public async Task<ImageDecision> DecideAsync(ActiveRun run, WantedRelease wanted, ObservedState observed, CancellationToken cancellationToken)
    {
        if ((run.Progress.Image?.Digest ?? wanted.PinnedDigest) is { } decided)
        {
            return await DecidedAsync(run, wanted, decided, cancellationToken);
        }

        if (wanted.Environment.ImageWait is not { } wait)
        {
            return new ImageDecision.Deploy(null);
        }

        // Whoever asks for the same commit again may mean the tag that has moved since.
        var recorded = ImageLookup.Recorded(observed.AppStack, run.Row.Commit, wanted.Image);
        if (recorded is not null && !run.Row.IsAskedAgain)
        {
            return await DecidedAsync(run, wanted, recorded, cancellationToken);
        }

        if (run.Progress.Image?.NotBefore - clock.GetUtcNow() is { } early && early > TimeSpan.Zero)
        {
            return Waiting(wanted, early);
        }

        return await images.LookAsync(wanted.Session, wanted.Environment, wanted.Image, cancellationToken) switch
        {
            ImageSight.Seen(var digest) => await DecidedAsync(run, wanted, digest, cancellationToken),
            _ when recorded is not null => await DecidedAsync(run, wanted, recorded, cancellationToken),
            ImageSight.Refused(var diagnostic) => new ImageDecision.Instead(new Outcome.Rejected([.. run.Progress.Diagnostics, diagnostic])),
            ImageSight.NotYet notYet => await WaitAsync(run, wanted, (wait, notYet), cancellationToken),
            var other => throw new InvalidOperationException($"A sight that nobody knows: {other.GetType().Name}."),
        };
    }

    /// <summary>On record before anything is written to AWS. The time that the run may take begins now if the image was waited for.</summary>
    private async Task<ImageDecision> DecidedAsync(ActiveRun run, WantedRelease wanted, string digest, CancellationToken cancellationToken)
    {
        if (run.Progress.Image?.Digest is null)
        {
            var before = run.Progress.Image ?? new();
            var progress = run.Progress with { Image = before with { Digest = digest }, Looks = 0 };
            await run.UpdateAsync(
                run.Row with { Image = wanted.ReadableImage(digest) },
                before.IsWaitedFor ? progress with { Deadline = clock.GetUtcNow() + TimeoutOf(wanted) } : progress,
                cancellationToken);
        }

        return new ImageDecision.Deploy(digest);
    }

    private async Task<ImageDecision> WaitAsync(
        ActiveRun run, WantedRelease wanted, (TimeSpan Wait, ImageSight.NotYet Sight) of, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = run.Progress.Image ?? new();
        var until = before.Until ?? now + of.Wait;
        var image = before with
        {
            Until = until,
            NotBefore = of.Sight.RetryAfter is { } asked ? now + asked : null,
            Looks = before.Looks + 1,
            Answer = of.Sight.Answer,
        };
        await run.UpdateAsync(run.Progress with { Image = image, Deadline = until + TimeoutOf(wanted) }, cancellationToken);
        if (now >= until)
        {
            var diagnostic = ImageDiagnostics.NotThere(wanted.Environment, wanted.Image, (of.Wait, image.Looks, image.Answer));
            await run.UpdateAsync(run.Progress with { Diagnostics = [.. run.Progress.Diagnostics, diagnostic] }, cancellationToken);
            return new ImageDecision.Instead(new Outcome.Failed(diagnostic.Message));
        }

        if (!image.IsTold)
        {
            // Once: how often it was looked for is on the page, and in the verdict.
            await reporter.ProgressAsync(run, cancellationToken);
            await run.UpdateAsync(run.Progress with { Image = image with { IsTold = true } }, cancellationToken);
        }

        var next = Patience.ForImage(before.Looks);
        var after = of.Sight.RetryAfter > next ? of.Sight.RetryAfter.Value : next;

        // The last look is when time is up.
        return Waiting(wanted, after < until - now ? after : until - now);
    }

    private static ImageDecision.Instead Waiting(WantedRelease wanted, TimeSpan after) =>
        new(new Outcome.InProgress(after, $"image {wanted.Image} is waited for"));

    private static TimeSpan TimeoutOf(WantedRelease wanted) => wanted.Environment.Deploy?.Timeout ?? ActiveRun.DefaultTimeout;
}
