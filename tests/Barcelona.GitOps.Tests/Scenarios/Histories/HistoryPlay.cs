using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Sandbox.Aws.Images;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Tests.Scenarios.Histories.Machinery;
using Barcelona.GitOps.Tests.Scenarios.Histories.Steps;
using Barcelona.GitOps.Tests.Scenarios.Histories.Truth;

namespace Barcelona.GitOps.Tests.Scenarios.Histories;

/// <summary>Plays one history on a stage, step by step.</summary>
internal sealed partial class HistoryPlay
{
    private static readonly TimeSpan PastTheLease = TimeSpan.FromSeconds(11), Asleep = TimeSpan.FromSeconds(20), Limited = TimeSpan.FromSeconds(30);

    private static readonly (string Login, string Permission)[] People = [("octocat", "admin"), ("alice", "write")];

    private readonly HistoryStage _stage;
    private readonly History _history;
    private readonly IReadOnlyList<TargetModel> _models;
    private readonly Observer _observer;
    private readonly Dictionary<string, List<string>> _heads = [];
    private readonly Dictionary<string, Content> _contents = [];
    private (int Calls, CallFate Fate, bool Sleeps)? _interruption;
    private int _step, _commits;

    private HistoryPlay(HistoryStage stage, History history)
    {
        (_stage, _history) = (stage, history);
        _models = [.. history.Layout.Targets.Select(t => new TargetModel(t))];
        _observer = new Observer(stage, _models);
    }

    private SandboxRepository Shop => _stage.Repository;

    /// <returns>What was seen, line by line; what was wrong is null where nothing was.</returns>
    public static async Task<(string? Wrong, IReadOnlyList<string> Lines)> PlayAsync(HistoryStage stage, History history)
    {
        var play = new HistoryPlay(stage, history);
        try
        {
            await play.AllAsync();
        }
        catch (ViolationException violation)
        {
            play._observer.Hold(violation.Message);
        }
        finally
        {
            stage.Crossing = (_, _) => Task.FromResult(CallFate.Made);
        }

        return (play._observer.Wrong, play._observer.Lines);
    }

    private async Task AllAsync()
    {
        await _stage.BeginAsync(People);
        foreach (var (login, _) in People)
        {
            _stage.GitHub.People.AddToTeam("acme/ops", login);
        }

        _stage.Crossing = CrossAsync;
        _stage.GitHub.Changed += _observer.See;
        foreach (var step in _history.Steps)
        {
            _step++;
            _observer.Note($"-- {_step}. {step}");
            await DoAsync(step);
            await _stage.GitHub.WhenQuietAsync();
            await RunForAsync(TimeSpan.FromSeconds(step.Then));
            _stage.GitHub.Faults.Down = false;
            ThrowIfWrong();
        }

        _step++;
        await EndAsync();
    }

    private async Task<CallFate> CrossAsync(HistoryWorker worker, OutgoingCall call)
    {
        if (_interruption is { } planned && worker == _stage.Worker)
        {
            _interruption = planned with { Calls = planned.Calls - 1 };

            // Who sleeps at a write has written, as far as anybody can tell: it may be on its way.
            if (planned.Calls <= 0 && !(planned.Sleeps && call.IsWrite))
            {
                _interruption = null;
                if (planned.Fate == CallFate.NeverAnswered)
                {
                    await _observer.SeeAsync(worker, call);
                }

                _observer.Note($"the worker {(planned.Sleeps ? "sleeps" : "dies")} at {call.What}");
                _isAsleep = planned.Sleeps;
                return planned.Fate;
            }
        }

        await _observer.SeeAsync(worker, call);
        return CallFate.Made;
    }

    private async Task DoAsync(Step step)
    {
        switch (step)
        {
            case Step.Push(var branch, var content):
                await PushAsync(branch, content);
                break;
            case Step.ForcePush(var branch, var back) when _heads.TryGetValue(branch, out var heads):
                await ForcePushAsync(branch, heads[Math.Max(0, heads.Count - 1 - back)]);
                break;
            case Step.Tag(var version) when HeadOf("main") is { } head:
                await TagAsync(version, head);
                break;
            case Step.Press(var button, var login):
                await PressAsync(button, login);
                break;
            case Step.Cancel(var target):
                await AskAsync(_models[target], t => CancelAsync(_models[target], t));
                break;
            case Step.RollBack(var target):
                await AskAsync(_models[target], t => RollBackAsync(_models[target], t));
                break;
            case Step.Restart(var target):
                await AskAsync(_models[target], t => RestartAsync(_models[target], t));
                break;
            case Step.Rerun(var back) when Shop.CheckRuns.Where(c => c.Status == "completed").Reverse().Skip(back).FirstOrDefault() is { } check:
                _models.Where(m => m.Target.CheckName == check.Name && IsOfRestart(check)).ToList().ForEach(m => m.Restarted.Add(check.HeadSha));
                _models.ToList().ForEach(m => m.AskedAgain.Add(check.HeadSha));
                await AgainAsync(() => Shop.RerequestAsync(check.Id, "octocat"));
                break;
            case Step.RerunAll when HeadOf("main") is { } head:
                await AgainAsync(() => Shop.RerequestSuiteAsync(head, "octocat"));
                break;
            case Step.Redeliver(var back) when _stage.GitHub.Deliveries.Reverse().Skip(back).FirstOrDefault() is { } delivery:
                await _stage.GitHub.RedeliverAsync(delivery);
                break;
            case Step.HoldDeliveries:
                _stage.HoldsDeliveries = true;
                _models.ToList().ForEach(m => m.IsToldTwice = true);
                break;
            case Step.ReleaseDeliveries:
                await _stage.ReleaseDeliveriesAsync();
                break;
            case Step.LoseDeliveries(var lost):
                _stage.GitHub.Deliver = !lost;
                _models.ToList().ForEach(m => m.IsToldTwice |= lost);
                break;
            case Step.Die(var calls, var happened):
                (_interruption, _observer.IsInterrupted) = ((calls, happened ? CallFate.NeverAnswered : CallFate.NeverMade, Sleeps: false), true);
                break;
            case Step.Sleep(var calls):
                (_interruption, _observer.IsInterrupted) = ((calls, CallFate.NeverMade, Sleeps: true), true);
                break;
            case Step.Aws(var trouble, var times):
                Break(trouble, times);
                break;
            case Step.GitHub(var trouble):
                Break(trouble);
                break;
            case Step.Sweep:
                await SweepAsync();
                break;
            case Step.Quiet:
                await QuietAsync();
                break;
            case Step.Wipe(var inTheMiddle):
                await WipeAsync(inTheMiddle);
                break;
            default:
                // Nothing is there yet that it could be done to.
                break;
        }
    }

    private async Task PushAsync(string branch, Content content)
    {
        var manifest = _history.Layout.Manifest(content, ++_commits);
        var sha = await Shop.CommitAsync(
            branch,
            new Dictionary<string, string> { ["barcelona.yml"] = manifest },
            $"Commit {_commits}{(content == Content.Skip ? " [skip ci]" : "")}");
        _contents[sha] = content;
        _observer.Note($"{sha[..7]} is the head of {branch}");
        if (content == Content.Crashing)
        {
            _stage.Aws.Images.Set($"acme/shop:{sha}", new ImageBehaviour.CrashLoop(ExitCode: 3, TimeSpan.FromSeconds(1)));
        }

        Moved(branch, sha);
    }

    private async Task ForcePushAsync(string branch, string sha)
    {
        if (sha != HeadOf(branch))
        {
            await Shop.ForcePushAsync(branch, sha);
            _observer.Note($"{sha[..7]} is the head of {branch}");
            Moved(branch, sha);

            // Where the new head deploys nothing, what was taken out of the branch is not deployed either.
            _models.Where(m => m.Target.Trigger == branch && m.Skipped.Contains(sha)).ToList().ForEach(m => m.CancelledAt = _step);
        }
    }

    private void Moved(string branch, string sha)
    {
        if (!_heads.TryGetValue(branch, out var heads))
        {
            _heads[branch] = heads = [];
        }

        heads.Add(sha);
        foreach (var model in _models.Where(m => m.Target.Trigger == branch))
        {
            model.Move(_stage.Clock.GetUtcNow(), isTold: _stage.GitHub.Deliver && !_stage.HoldsDeliveries);
            if (_contents[sha] == Content.Skip)
            {
                model.Skip(sha, _step);
                model.AgainAt = model.IsNewestUnseen ? _step : model.AgainAt;
            }
            else
            {
                model.Want(new Wish(sha, _contents[sha], _step));
            }
        }
    }

    private async Task TagAsync(string version, string head)
    {
        await Shop.TagAsync(version, head);
        _observer.Note($"{version} is {head[..7]}");
        foreach (var model in _models.Where(m => m.Target.IsByTags))
        {
            model.Want(new Wish(head, _contents[head], _step) { Version = version });
        }
    }

    private async Task PressAsync(string button, string login)
    {
        var check = Shop.CheckRuns.LastOrDefault(c => c.Actions.Any(a => a.Identifier == button));
        var model = _models.FirstOrDefault(m => check?.Name.EndsWith($"/{m.Target.Environment}", StringComparison.Ordinal) is true);
        if (check is null || model is null)
        {
            return;
        }

        _observer.Note($"on check {check.Id} of {check.HeadSha[..7]}");
        await Shop.RequestActionAsync(check.Id, button, login);
        if (button == "approve" && login == "alice")
        {
            // Of what is being overtaken at this moment nobody can tell whether it still was under way; and while AWS denies to say what runs,
            // whose work it is cannot be told.
            (check.HeadSha == model.Newest?.Commit && model.HarmedAt < 0 ? model.Approved : model.PerhapsApproved).Add(check.HeadSha);
        }

        model.CancelledAt = button == "cancel" ? _step : model.CancelledAt;
        model.AgainAt = button is "retry" or "rollback" ? _step : model.AgainAt;
        model.IsPutBack |= button == "rollback";
        if (button == "retry")
        {
            model.AskedAgain.Add(check.HeadSha);
        }
    }

    private async Task AskAsync(TargetModel model, Func<DeployTarget, Task> ask)
    {
        try
        {
            await ask(new DeployTarget("default", model.Target.Heritage));
        }
        catch (RefusedActException refused)
        {
            _observer.Note($"refused: {refused.Message}");
        }
    }

    private async Task CancelAsync(TargetModel model, DeployTarget target)
    {
        await _stage.Worker.Get<Cancellations>().StartAsync(target, "maintainer", CancellationToken.None);
        model.CancelledAt = _step;
    }

    private async Task RollBackAsync(TargetModel model, DeployTarget target)
    {
        if (model.Before(model.Succeeded.LastOrDefault()) is not { } before)
        {
            return;
        }

        var rollbacks = _stage.Worker.Get<Rollbacks>();
        var newest = Shop.CheckRuns.Count == 0 ? 0 : Shop.CheckRuns.Max(c => c.Id);
        var offer = await rollbacks.FindAsync(target, before.Release, CancellationToken.None);
        await rollbacks.StartAsync(offer, new("maintainer", $"{_history.Seed}:{_step}"), CancellationToken.None);
        _observer.Note($"back to release {before.Release}, {before.Commit[..7]}");
        model.Want(new Wish(before.Commit, _contents[before.Commit], _step)
        {
            IsRollback = true,
            Version = TargetModel.VersionOf(before.Ref),
            After = newest,
        });

        // A push that nobody has told of yet, or looked at, was before it, and is news afterwards.
        model.AgainAt = _stage.HoldsDeliveries || !_stage.GitHub.Deliver || model.MovedAt == _stage.Clock.GetUtcNow() ? _step : model.AgainAt;
    }

    private async Task RestartAsync(TargetModel model, DeployTarget target)
    {
        var run = await _stage.Worker.Get<Restarts>().StartAsync(
            target, service: null, new("maintainer", $"{_history.Seed}:{_step}"), CancellationToken.None);
        model.Restarted.Add(run.Commit.Value);
    }

    private Task AgainAsync(Func<Task> ask)
    {
        foreach (var model in _models)
        {
            model.AgainAt = _step;
        }

        return ask();
    }

    private string? HeadOf(string branch) => _heads.GetValueOrDefault(branch)?[^1];

    private void ThrowIfWrong()
    {
        if (_observer.Wrong is { } wrong)
        {
            throw new ViolationException(wrong);
        }
    }
}
