using System.Globalization;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Storage.Work;
using Barcelona.GitOps.Tests.Scenarios.Histories.Steps;
using Barcelona.GitOps.Tests.Scenarios.Histories.Truth;

namespace Barcelona.GitOps.Tests.Scenarios.Histories;

/// <content>How time passes, and what is looked at when everything is quiet.</content>
internal sealed partial class HistoryPlay
{
    /// <summary>Below the sweep's five minutes, and below the ten in which a question is looked at again.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan AwsEnds = TimeSpan.FromMinutes(1);

    private const int MostPasses = 600;

    private bool _isAsleep, _isLimited;

    private async Task RunForAsync(TimeSpan duration)
    {
        var end = _stage.Clock.GetUtcNow() + duration;
        while (_stage.Clock.GetUtcNow() < end)
        {
            await RunDueAsync();
            var due = _stage.Worker.NextDue is { } next && next < end ? next : end;
            Advance(due);
        }
    }

    private async Task RunUntilQuietAsync()
    {
        for (var passes = 0; passes < MostPasses; passes++)
        {
            await RunDueAsync();
            ThrowIfWrong();
            if (_stage.Worker.NextDue is not { } due || due - _stage.Clock.GetUtcNow() > Horizon)
            {
                return;
            }

            Advance(due);
        }

        throw new ViolationException(string.Create(
            CultureInfo.InvariantCulture, $"every check ends: expected the service to come to rest, saw it at work after {MostPasses} passes"));
    }

    private long NewestCheckId => Shop.CheckRuns.Count == 0 ? 0 : Shop.CheckRuns.Max(c => c.Id);

    private void Advance(DateTimeOffset to)
    {
        if (to > _stage.Clock.GetUtcNow())
        {
            _stage.Clock.Advance(to - _stage.Clock.GetUtcNow());
        }
    }

    private async Task RunDueAsync()
    {
        while (!await _stage.Worker.RunDueAsync(_stage.Pump))
        {
            await GoOnAsync();
        }

        await _stage.BetweenJobsAsync();
        _observer.Sample();
    }

    /// <summary>The worker hangs: another one takes its place once the lease has run out.</summary>
    private async Task GoOnAsync()
    {
        var hung = _stage.Worker;
        var sleeps = _isAsleep;
        _isAsleep = false;
        _stage.Clock.Advance(PastTheLease);
        await _stage.ReplaceWorkerAsync(isDead: !sleeps);
        if (sleeps)
        {
            await RunForAsync(Asleep);
            _observer.Note("the worker wakes up");
            await hung.WakeAsync(_stage.Pump);
            _stage.Keep(hung);
        }
    }

    private async Task SweepAsync()
    {
        await _stage.Worker.Get<Lanes>().WantAsync(LaneKinds.Sweep, "github", _stage.Clock.GetUtcNow());
        await RunDueAsync();
        await _stage.GitHub.WhenQuietAsync();
    }

    /// <summary>What a sweep finds may lead to something that the next one finds.</summary>
    private async Task SweepUntilQuietAsync()
    {
        for (var newest = -1L; newest != NewestCheckId;)
        {
            newest = NewestCheckId;
            await SweepAsync();
            await RunUntilQuietAsync();
        }
    }

    /// <summary>What was held up or lost arrives, what is broken is mended once it has done its harm, and everything comes to its end.</summary>
    private async Task QuietAsync()
    {
        await _stage.ReleaseDeliveriesAsync();
        (_stage.GitHub.Deliver, _stage.GitHub.Faults.Down) = (true, false);
        await RunUntilQuietAsync();
        _stage.Aws.Faults.Clear();
        _stage.GitHub.Faults.Clear();
        _interruption = null;
        if (_isLimited)
        {
            // Whoever was told to wait sends nothing until then, and a sweep that finds GitHub like that leaves it to the next.
            _isLimited = false;
            await RunForAsync(Limited);
        }

        await SweepUntilQuietAsync();

        // AWS comes to its end by itself, as with a stack that is being deleted.
        _stage.Clock.Advance(AwsEnds);
        _observer.Sample();
        Look();
        _observer.IsUnasked = false;
        foreach (var model in _models)
        {
            model.HarmedAt = -1;
            model.Restarted.Clear();
        }

        ThrowIfWrong();
    }

    private void Look()
    {
        var questions = Shop.CheckRuns.Where(c => c.Conclusion == "action_required").Select(c => c.HeadSha).ToHashSet();
        _observer.Hold(Rules.AllEnd(
            Shop.CheckRuns.Select(Observer.SeenOf),
            Shop.Deployments.Select(d => new DeploymentSeen(d.Environment, d.Sha, d.Statuses is [.., { State: var state }] ? state : null)),
            questions));
        foreach (var model in _models)
        {
            if (OutcomeOf(model) is { } outcome)
            {
                _observer.Hold(Rules.NewestWins(outcome) ?? Rules.FailureIsTrue(outcome));
                if (outcome.Conclusion == "failure" && model.HarmedAt >= 0)
                {
                    model.Excused.Add(outcome.Newest);
                }
            }
        }
    }

    /// <returns>Null: nobody wanted anything, or what is wanted now depends on what somebody saw.</returns>
    private OutcomeSeen? OutcomeOf(TargetModel model)
    {
        if (model.Newest is not { } newest || IsUnclear(model, newest))
        {
            return null;
        }

        var (running, isSteady) = _observer.RunningOf(model);
        var earlier = model.EarlierThan(newest);
        if (newest.Content == Content.Broken && !newest.IsRollback)
        {
            // Its check is the file's own, and where nobody waits for a deploy there is none.
            return new(model.Target.Environment, newest.Commit)
            {
                Conclusion = "failure",
                Possible = new Dictionary<string, string> { ["failure"] = "the file is broken" },
                Running = running,
                Earlier = earlier,
            };
        }

        var check = CheckOf(model, newest);
        return new(model.Target.Environment, newest.Commit)
        {
            Conclusion = check?.Conclusion,
            Title = check?.Title ?? "",
            Possible = model.PossibleOf(newest, HoldOf(model)),
            Running = running,
            IsSteady = isSteady,
            MayRunOtherwise = newest.IsRollback || earlier.Contains(newest.Commit) || model.AgainAt >= newest.At
                || model.Succeeded.Contains(newest.Commit) || model.Wishes.Count(w => w.Commit == newest.Commit) > 1,

            // A cancel may come too late, and what AWS has begun goes on, whether or not it can come up.
            Earlier = check?.Conclusion == "cancelled" || model.HarmedAt >= 0 || model.Excused.Contains(newest.Commit)
                ? [.. earlier, newest.Commit, .. model.LastAsked]
                : earlier,
        };
    }

    /// <summary>Its last one, but for those that the same commit's own other run has overtaken.</summary>
    private SandboxCheckRun? CheckOf(TargetModel model, Wish newest) => newest.IsRollback
        ? Shop.CheckRuns.LastOrDefault(c => c.Id > newest.After && c.Name == $"barcelona/rollback/{model.Target.Environment}")
        : Shop.CheckRuns.LastOrDefault(c => c.Name == model.Target.CheckName && c.HeadSha == newest.Commit
            && c.Title != "Asked for again");

    /// <summary>Asked for again, it restarts once more.</summary>
    private static bool IsOfRestart(SandboxCheckRun check) => check.Title?.StartsWith("Restart", StringComparison.Ordinal) is true;

    private string? HoldOf(TargetModel model) =>
        _stage.Aws.SeenStacks.FirstOrDefault(s => s.Name == Observer.StackOf(model))?.Parameters.GetValueOrDefault("Hold");

    /// <summary>
    /// A commit that was asked for again after a rollback is deployed unless it is held, and a button puts back what its check says: both
    /// depend on what the service made of earlier ones. A head that skips is deployed if somebody asks for it.
    /// </summary>
    private static bool IsUnclear(TargetModel model, Wish newest) =>
        model.AgainAt >= newest.At && (newest.IsRollback || model.IsPutBack || model.SkippedAt >= newest.At);

    private bool IsSettled(TargetModel model) => model.Newest is null || (OutcomeOf(model) is { } outcome
        && outcome.Conclusion is "success" or "neutral" or "action_required");

    private async Task WipeAsync(bool inTheMiddle)
    {
        if (!inTheMiddle)
        {
            await QuietAsync();
        }

        await LoseDatabaseAsync(isSettled: !inTheMiddle && _models.All(IsSettled));
    }

    private async Task LoseDatabaseAsync(bool isSettled)
    {
        var writes = _stage.Aws.Calls.Writes.Count;
        await _stage.EmptyTablesAsync();
        _observer.ForgetReleases();
        foreach (var model in _models)
        {
            (model.IsForgetful, model.AgainAt) = (true, _step);
        }

        await SweepAsync();
        await RunUntilQuietAsync();
        if (isSettled)
        {
            _observer.Hold(Rules.NothingWritten("database lost", _stage.Aws.Calls.Writes.Skip(writes).Select(w => w.ToString())));
        }
    }

    private async Task EndAsync()
    {
        _observer.Note("-- the end");
        await QuietAsync();

        // What comes after costs as much as a deploy, and another history says more: most end here.
        switch (_history.Seed % 8)
        {
            case 0:
                await AskForAllAgainAsync();
                break;
            case 1:
                await LoseDatabaseAsync(_models.All(IsSettled));
                break;
        }

        ThrowIfWrong();
    }

    private async Task AskForAllAgainAsync()
    {
        var writes = _stage.Aws.Calls.Writes.Count;
        await SweepAsync();
        await RunUntilQuietAsync();
        foreach (var model in _models)
        {
            if (model.Newest is { IsRollback: false } newest && OutcomeOf(model) is { Conclusion: "success" }
                && CheckOf(model, newest) is { } check && !IsOfRestart(check))
            {
                await Shop.RerequestAsync(check.Id, "octocat");
                await RunUntilQuietAsync();
            }
        }

        _observer.Hold(Rules.NothingWritten("planning after quiet is empty", _stage.Aws.Calls.Writes.Skip(writes).Select(w => w.ToString())));
        Look();
    }
}
