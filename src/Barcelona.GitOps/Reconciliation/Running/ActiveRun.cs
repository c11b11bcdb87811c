using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <summary>A run while a worker holds the lease of its target or district. Every write is refused once the lease is somebody else's.</summary>
public sealed class ActiveRun(Runs runs, Run row, Lease lease, TimeProvider clock)
{
    /// <summary>For a deploy whose file names none, or cannot be read.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    public Run Row { get; private set; } = row;

    /// <summary>Older runs of the target that are to end by this one, once it gets so far.</summary>
    public IReadOnlyList<Run> Overtakes { get; init; } = [];

    /// <summary>One of them, at least, ended by it.</summary>
    public bool HasOvertaken { get; private set; }

    public RunProgress Progress { get; private set; } = RunProgress.Parse(row.Detail);

    /// <exception cref="LeaseLostException">Another worker holds the target now, or the run has ended meanwhile.</exception>
    public async Task UpdateAsync(Run changed, CancellationToken cancellationToken)
    {
        var stamped = changed with { Detail = Progress.ToJson() };
        if (!await runs.UpdateAsync(stamped, lease, within: null, cancellationToken))
        {
            throw new LeaseLostException(lease.Key);
        }

        Row = stamped;
    }

    /// <exception cref="LeaseLostException">Another worker holds the target now, or the run has ended meanwhile.</exception>
    public Task UpdateAsync(RunProgress progress, CancellationToken cancellationToken)
    {
        Progress = progress;
        return UpdateAsync(Row, cancellationToken);
    }

    /// <summary>
    /// The last look at the lease, right before a call that is bound to no token: a worker that was overtaken in the meantime stops here.
    /// </summary>
    /// <exception cref="LeaseLostException">Another worker holds the target now, or the run has ended meanwhile.</exception>
    public Task HoldAsync(CancellationToken cancellationToken) => UpdateAsync(Row, cancellationToken);

    public Task UpdateAsync(Run changed, RunProgress progress, CancellationToken cancellationToken)
    {
        Progress = progress;
        return UpdateAsync(changed, cancellationToken);
    }

    /// <summary>AWS is at work, or somebody is away: it is looked at again, ever more rarely.</summary>
    public Outcome.InProgress Waiting(string what) => new(Patience.WhileWorking(Progress.Looks), what);

    public Outcome.InProgress Waiting(StackName stack, StackStatus status) => Waiting($"{stack} is {status}");

    /// <summary>Nothing that is known at once stands against it: what is older, and not at work, ends.</summary>
    public Task AdmittedAsync(CancellationToken cancellationToken) =>
        OvertakeAsync([.. Overtakes.Where(r => !RunProgress.Parse(r.Detail).IsAtWork)], cancellationToken);

    /// <summary>
    /// It has all that it waited for, and would write: what is older ends, and what that has begun is this run's to wait for, also if it is refused
    /// after all. What was begun in another account or region stays with who began it.
    /// </summary>
    /// <param name="place">Where it writes; null: wherever the older ones do.</param>
    public async Task ReadyAsync(AwsPlace? place, CancellationToken cancellationToken)
    {
        var overtaken = Overtakes.Select(r => (Run: r, Progress: RunProgress.Parse(r.Detail)))
            .Where(o => place is null || o.Progress.BegunAt is not { } begun || begun.IsIn(place))
            .ToList();
        if (overtaken.FirstOrDefault(o => o.Progress.BegunAt is not null).Progress is { } begunBefore)
        {
            // It may take as long as it would have, and as long again to go back.
            var deadline = begunBefore.Deadline + DefaultTimeout;
            await UpdateAsync(
                Progress with
                {
                    TakenOver = begunBefore.BegunAt,
                    TakenOverUntil = deadline,
                    Deadline = deadline > Progress.Deadline ? deadline : Progress.Deadline,
                },
                cancellationToken);
        }

        await OvertakeAsync([.. overtaken.Select(o => o.Run)], cancellationToken);
    }

    /// <summary>Puts on record that AWS was asked to change something.</summary>
    public Task WroteAsync(string step, CancellationToken cancellationToken) =>
        UpdateAsync(After(step) with { Wrote = true }, cancellationToken);

    /// <summary>
    /// Puts on record that AWS was asked to give up what another run has begun: this one has changed nothing by it, and is asked for rights and
    /// consent as before.
    /// </summary>
    public Task ClearedAsync(string step, CancellationToken cancellationToken) =>
        UpdateAsync(After(step), cancellationToken);

    private RunProgress After(string step) => Progress with { Steps = Progress.Steps.Add(new(clock.GetUtcNow(), step)), Looks = 0 };

    private async Task OvertakeAsync(Run[] overtaken, CancellationToken cancellationToken) =>
        HasOvertaken |= overtaken.Length > 0 && await runs.SupersedeAsync(overtaken, Row.Commit, lease, cancellationToken) > 0;

    /// <summary>Keeps what the first pass found out; writes only what is new.</summary>
    public async Task NoteAsync(RunNotes notes, CancellationToken cancellationToken)
    {
        var noted = Progress with { Diagnostics = notes.Remarks, Deadline = Progress.Deadline ?? Row.StartedAt + (notes.Timeout ?? DefaultTimeout) };
        if (Row.Image != notes.Image || Row.PlatformCommit != notes.PlatformCommit || noted.Deadline != Progress.Deadline
            || !notes.Remarks.SequenceEqual(Progress.Diagnostics))
        {
            Progress = noted;
            await UpdateAsync(Row with { Image = notes.Image, PlatformCommit = notes.PlatformCommit }, cancellationToken);
        }
    }
}

/// <summary>What is known of a run once it was read for the first time.</summary>
/// <param name="Timeout">Null: the default.</param>
public sealed record RunNotes(ImmutableArray<Diagnostic> Remarks, TimeSpan? Timeout)
{
    public string? Image { get; init; }

    public CommitSha? PlatformCommit { get; init; }
}

/// <summary>The lease ran out while its holder was still at work; whoever has it now goes on.</summary>
public sealed class LeaseLostException(string key) : Exception($"The lease of {key} is somebody else's now.");
