using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Aws.Tasks;

/// <summary>A task that was started by RunTask, as ECS describes it.</summary>
/// <param name="StartedBy">Empty: whoever started it did not say.</param>
/// <param name="End">What is known of its end; of one that goes on nothing yet.</param>
public sealed record OneOffTask(string Arn, string StartedBy, bool IsStopped, StoppedTask End)
{
    /// <summary>From the start of its container to the end; null: it never ran.</summary>
    public TimeSpan? Ran { get; init; }

    /// <summary>The last part of the ARN.</summary>
    public string Id => IdOf(Arn);

    public static string IdOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];
}

/// <summary>What came of asking for a task.</summary>
public abstract record OneOffAnswer
{
    private OneOffAnswer() { }

    /// <summary>Now, or by an equal call before.</summary>
    public sealed record Started(string TaskArn) : OneOffAnswer;

    /// <summary>By a call with the same token before, and ECS does not say which task. The text is ECS's own.</summary>
    public sealed record Taken(string Reason) : OneOffAnswer;

    /// <summary>Nothing was started, and it may be possible later. The text is ECS's own.</summary>
    public sealed record NoPlace(string Reason) : OneOffAnswer;

    /// <summary>Nothing was started, now or later. The text is ECS's own.</summary>
    public sealed record Refused(string Reason) : OneOffAnswer;
}
