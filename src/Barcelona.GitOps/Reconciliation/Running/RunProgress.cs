using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Images;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <summary>
/// What a run remembers between passes, beside what it can read again from git and AWS. Kept as JSON in the run's row;
/// whoever picks the run up next carries on from it.
/// </summary>
public sealed record RunProgress
{
    /// <summary>The plan of the first pass that found something to do, as markdown; null before.</summary>
    public string? Plan { get; init; }

    /// <summary>What was done, in order.</summary>
    public ImmutableArray<RunStep> Steps { get; init; } = [];

    /// <summary>Remarks on the file; for a rejected run the errors too.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>By stack name: the operation that this run began, or was about to begin, on it.</summary>
    public ImmutableSortedDictionary<string, StackOperation> Operations { get; init; } = ImmutableSortedDictionary<string, StackOperation>.Empty;

    /// <summary>Where that is; null: it began none.</summary>
    public AwsPlace? Place { get; init; }

    /// <summary>Where an older run, which ended by this one, has begun something that this one is to wait for; null: none has.</summary>
    public AwsPlace? TakenOver { get; init; }

    /// <summary>What was taken over has come to rest, or its time is up, before it.</summary>
    public DateTimeOffset? TakenOverUntil { get; init; }

    /// <summary>By service: the task definition that this run gave it.</summary>
    public ImmutableSortedDictionary<string, string> Revisions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>By path: the versions of secrets that it gives to its tasks.</summary>
    public ImmutableSortedDictionary<string, ResolvedSecret> Secrets { get; init; } = ImmutableSortedDictionary<string, ResolvedSecret>.Empty;

    /// <summary>The check is to say how it stands, and does not yet.</summary>
    public bool HasNews { get; init; }

    /// <summary>What the run waits for before it does anything, for people; null: for nothing.</summary>
    public string? Waiting { get; init; }

    /// <summary>A gate is not open: the time that this takes is not the deploy's own.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Since when it waits for checks on its commit; null: it does not.</summary>
    public DateTimeOffset? ChecksAwaitedSince { get; init; }

    /// <summary>Since when GitHub, or the platform repository, says no; null: the last pass got through.</summary>
    public DateTimeOffset? RefusedSince { get; init; }

    /// <summary>Since when its time is known to be up; null: it is not.</summary>
    public DateTimeOffset? LateSince { get; init; }

    /// <summary>Null: nobody was asked.</summary>
    public ApprovalAsked? Approval { get; init; }

    /// <summary>Null: it was not begun.</summary>
    public BeforeDeployProgress? BeforeDeploy { get; init; }

    /// <summary>Null: its registry was not asked yet.</summary>
    public ImageProgress? Image { get; init; }

    /// <summary>Of a district: what was looked up for this run. Once, so that nothing moves between two passes.</summary>
    public DistrictChoices Choices { get; init; } = new();

    /// <summary>DNS names of the load balancers that its stack has for itself.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>Lines that show why it failed, already redacted.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];

    /// <summary>It failed, and AWS has put back what ran before.</summary>
    public bool WentBack { get; init; }

    /// <summary>Why it failed, at the line of the file that it is about; null: at none.</summary>
    public Diagnostic? Remark { get; init; }

    /// <summary>What was seen to go wrong while AWS was still at work; null: nothing.</summary>
    public FailingRelease? Failing { get; init; }

    /// <summary>The release that it makes; null: it has not begun to change anything.</summary>
    public long? Release { get; init; }

    /// <summary>How often the run was looked at while AWS worked: the waits grow with it.</summary>
    public int Looks { get; init; }

    /// <summary>The last thing that stood in the way; null once a pass got through.</summary>
    public string? Trouble { get; init; }

    /// <summary>Something was written to AWS.</summary>
    public bool Wrote { get; init; }

    /// <summary>AWS was asked for nothing, and nothing is about to be.</summary>
    public bool HasBegunNothing => !Wrote && !IsAtWork;

    /// <summary>Something of it may be under way at AWS, which somebody has to follow.</summary>
    public bool IsAtWork => !Operations.IsEmpty || TakenOver is not null || BeforeDeploy is { IsUnderWay: true };

    /// <summary>Where a stack may be at work for it, its own or one that it took over; null: nowhere.</summary>
    [JsonIgnore]
    public AwsPlace? BegunAt => Operations.IsEmpty ? TakenOver : Place;

    /// <summary>After it a run that is still going on has failed.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>What this run began, or was about to begin, on a stack; null: nothing.</summary>
    public StackOperation? OperationOn(StackName stack) => Operations.GetValueOrDefault(stack.Value);

    public RunProgress With(StackName stack, StackOperation operation) => this with { Operations = Operations.SetItem(stack.Value, operation) };

    /// <summary>Without anything that a container has printed.</summary>
    public RunProgress WithoutOutput() => this with
    {
        Evidence = [],
        Failing = Failing is { } failing ? failing with { Evidence = [] } : null,
        BeforeDeploy = BeforeDeploy is { } first ? first with { Output = [] } : null,
    };

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static RunProgress Parse(string? json) => json is { Length: > 0 } ? JsonSerializer.Deserialize<RunProgress>(json, JsonSerializerOptions.Web) ?? new() : new();
}

public sealed record RunStep(DateTimeOffset At, string Text);

/// <param name="Token">The client request token: the same for the same run, stack and kind of step, so that a repeated call starts nothing twice.</param>
/// <param name="Continued">Its failed roll-back was continued once already.</param>
public sealed record StackOperation(string Token, bool Continued)
{
    private static readonly string[] Marks = [StackKeys.FingerprintParameter, StackKeys.ReleaseParameter];

    /// <summary>When AWS said that it has begun; null: nobody heard.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>The parameters that it gives; null: it gives none.</summary>
    public ImmutableSortedDictionary<string, string>? Sent { get; init; }

    /// <summary>How many operations of this run AWS has begun on the stack, with this one.</summary>
    public int Begun { get; init; }

    /// <summary>The stack has, or is getting, what this operation gives: one that was written down may never have begun.</summary>
    public bool IsOf(ObservedStack stack) =>
        Sent is { } sent && Marks.All(m => sent.GetValueOrDefault(m) == stack.Parameters.GetValueOrDefault(m));
}

/// <summary>A release that goes wrong before its verdict.</summary>
/// <param name="Cause">One sentence, already redacted.</param>
/// <param name="Evidence">Lines that show it, already redacted.</param>
/// <param name="IsGivenUp">It is being taken back, without waiting for AWS to do so by itself.</param>
public sealed record FailingRelease(string Cause, ImmutableArray<string> Evidence, bool IsGivenUp)
{
    public Diagnostic? Remark { get; init; }

    /// <param name="more">What became of it; empty: that is said elsewhere.</param>
    public Outcome.Failed Failed(string more = "") => new($"{Cause} {more}".TrimEnd(), Evidence) { Remark = Remark };
}

/// <param name="IsTold">GitHub shows the question, with its buttons.</param>
/// <param name="By">Who approved; null: nobody yet.</param>
public sealed record ApprovalAsked(DateTimeOffset At, bool IsTold, string? By);

/// <summary>What AWS offered when a district's run first asked.</summary>
public sealed record DistrictChoices
{
    /// <summary>Availability zones of the region, by name.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    public string? ClusterImage { get; init; }

    public string? BaseImage { get; init; }
}
