namespace Barcelona.GitOps.Sandbox.Aws.Schedules;

/// <summary>A time at which a schedule called its target, and what came of it.</summary>
/// <param name="Schedule"><c>group/name</c>.</param>
/// <param name="TaskDefinition">The ARN of the revision that was started; of what was asked for, when nothing was.</param>
/// <param name="Images">Of the task's containers; empty when nothing was started.</param>
/// <param name="Error">Null: a task was started.</param>
public sealed record ScheduledStart(DateTimeOffset At, string Schedule, string TaskDefinition, IReadOnlyList<string> Images, string? Error);

/// <summary>What EventBridge Scheduler gave up on.</summary>
/// <param name="Queue">The queue's ARN.</param>
/// <param name="Attributes">ERROR_CODE, ERROR_MESSAGE, RETRY_ATTEMPTS, SCHEDULE_ARN and the like.</param>
public sealed record DeadLetter(string Queue, string Body, IReadOnlyDictionary<string, string> Attributes);
