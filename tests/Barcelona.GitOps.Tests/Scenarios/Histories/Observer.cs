using System.Globalization;
using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.GitHub;
using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Tests.Scenarios.Histories.Machinery;
using Barcelona.GitOps.Tests.Scenarios.Histories.Truth;

namespace Barcelona.GitOps.Tests.Scenarios.Histories;

/// <summary>Sees what goes to AWS and GitHub while a history is played, and holds it against the rules at once.</summary>
internal sealed class Observer(HistoryStage stage, IReadOnlyList<TargetModel> models)
{
    private readonly Dictionary<long, CheckSeen> _checks = [];
    private readonly Dictionary<string, StackWish> _last = [];
    private readonly List<string> _lines = [];

    /// <summary>The first thing that was wrong; a rule is also broken where nobody can be told.</summary>
    public string? Wrong { get; private set; }

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>GitHub was in trouble, or a worker died or slept: a verdict may be told late.</summary>
    public bool IsInterrupted { get; set; }

    /// <summary>GitHub was in trouble since everything was quiet: what has begun goes on without asking what is newest.</summary>
    public bool IsUnasked { get; set; }

    public void Hold(string? wrong)
    {
        if (wrong is not null)
        {
            Wrong ??= wrong;
            Note($"WRONG: {wrong}");
        }
    }

    public void Note(string line) => _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{stage.Clock.GetUtcNow():HH:mm:ss} {line}"));

    /// <summary>Of a write, before it is made.</summary>
    public async Task SeeAsync(HistoryWorker worker, OutgoingCall call)
    {
        if (call is not { Side: Outside.Aws, IsWrite: true } && worker.Token is not null)
        {
            return;
        }

        var lane = (await worker.Get<Database>().ReadAsync<LaneRow>(
            "select kind as Kind, key as Key, lease_token as Token, lease_owner as Owner, lease_until as Until from lane where id = @lane",
            new { lane = worker.Lane ?? 0 },
            CancellationToken.None)).SingleOrDefault();
        worker.Token ??= lane?.Token;
        if (call is not { Side: Outside.Aws, IsWrite: true })
        {
            return;
        }

        var model = models.FirstOrDefault(m => StackOf(m) == call.On);
        var stack = stage.Aws.SeenStacks.FirstOrDefault(s => s.Name == call.On);
        var holds = lane is { Owner: not null } && lane.Token == worker.Token && lane.Until > stage.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var seen = new WriteSeen(call.What, call.On, $"{lane?.Kind} {lane?.Key}")
        {
            HoldsLease = holds,
            StackStatus = stack?.Status ?? "",
            IsRepeated = stack?.Token is { } token && token == call.Token,
        };
        if (model is not null && seen.IsOfStack)
        {
            seen = seen with { Wish = WishOf(call, model, stack) };
        }

        Note($"{call.What} {call.On}{(seen.Wish is { } wish ? $" release {wish.Release} at {wish.Commit[..7]}" : "")}");
        Hold(Rules.OneWriter(seen) ?? Rules.NoOverlap(seen) ?? Rules.NewestAtWrite(seen));
        if (model is not null && seen.Wish is { } asked)
        {
            Hold(Rules.ReleasesIncrease(call.On, _last.GetValueOrDefault(call.On), asked));
            _last[call.On] = asked;
            model.Releases.Add(asked);
        }
    }

    /// <summary>The numbers go on from what the stack says.</summary>
    public void ForgetReleases() => _last.Clear();

    public void See(SandboxChange change)
    {
        if (change is not CheckRunChanged { CheckRun: var run })
        {
            return;
        }

        var now = SeenOf(run);
        var before = _checks.GetValueOrDefault(run.Id);
        _checks[run.Id] = now;
        if (before is { Conclusion: not "action_required" })
        {
            Hold(Rules.VerdictIsFinal(before, now));
        }

        if (run is not { Status: "completed", Conclusion: { } conclusion } || before is { Status: "completed" } && before.Conclusion == conclusion)
        {
            return;
        }

        Note($"check {run.Id} {run.Name} of {run.HeadSha[..7]}: {conclusion}, {run.Title}");
        if (models.FirstOrDefault(m => run.Name == m.Target.CheckName || run.Name == $"barcelona/rollback/{m.Target.Environment}") is { } model)
        {
            Judge(model, run, conclusion);
        }
    }

    /// <summary>What runs of a target: commits, by the tags of the images.</summary>
    public (IReadOnlyList<string> Commits, bool IsSteady) RunningOf(TargetModel model)
    {
        var services = stage.Aws.SeenServices
            .Where(s => s.TaskDefinition.Contains($"/default--{model.Target.Heritage}--", StringComparison.Ordinal)).ToList();
        var commits = services.SelectMany(s => s.RunningImages).Select(i => stage.Registry.Readable(i).Split(':')[^1]).Distinct().ToList();
        return (commits, services.Count > 0 && services.All(s => s.IsSteady && s.RunningDefinitions.Count == s.Desired
            && s.RunningDefinitions.All(d => d == s.TaskDefinition)));
    }

    public void Sample()
    {
        foreach (var model in models)
        {
            if (RunningOf(model) is { IsSteady: true, Commits: [var commit] } && (model.Ran.Count == 0 || model.Ran[^1].Commit != commit))
            {
                model.Ran.Add((commit, stage.Clock.GetUtcNow()));
            }
        }
    }

    public static string StackOf(TargetModel model) => $"barcelona-app--default--{model.Target.Heritage}";

    public static CheckSeen SeenOf(SandboxCheckRun run) => new(run.Id, run.Name, run.HeadSha, run.Status, run.Conclusion);

    private void Judge(TargetModel model, SandboxCheckRun run, string conclusion)
    {
        // What has come to run is noted also where nobody looked in between.
        Sample();
        var (running, isSteady) = RunningOf(model);
        var verdict = new VerdictSeen(run.Name, run.HeadSha, conclusion, run.Title ?? "")
        {
            Running = running,
            IsSteady = isSteady,
            RanOnce = IsInterrupted ? model.RanAfter(BeganAt(run)) : [],
        };
        Hold(Rules.VerdictIsTrue(verdict) ?? Rules.VerdictSaysWhy(verdict, model.From(run.HeadSha)));
        if (conclusion == "success" && running is [var commit])
        {
            model.Succeed(commit);
        }
    }

    /// <summary>When its run was made: the id of a run begins with that, as RFC 9562 has it.</summary>
    private static DateTimeOffset BeganAt(SandboxCheckRun run) => run.ExternalId is { Length: >= 12 } id
        && long.TryParse(id.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.MinValue;

    private StackWish WishOf(OutgoingCall call, TargetModel model, SeenStack? stack)
    {
        var (commit, gitRef) = (call.ParameterOf("Commit") ?? "", call.ParameterOf("Ref") ?? "");
        var head = stage.Repository.References.GetValueOrDefault($"refs/heads/{model.Target.Trigger}");
        var wanted = model.WantedAt(commit, gitRef, head, stack?.Parameters.GetValueOrDefault("Ref"));
        return new StackWish(
            commit, gitRef, long.Parse(call.ParameterOf("Release") ?? "0", CultureInfo.InvariantCulture), IsUnasked ? null : wanted);
    }

    private sealed record LaneRow
    {
        public required string Kind { get; init; }

        public required string Key { get; init; }

        public required long Token { get; init; }

        public string? Owner { get; init; }

        public required long Until { get; init; }
    }
}
