using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Reports.Failures;

/// <summary>The tasks of a release that one service has lost so far.</summary>
/// <param name="Service">Its name in barcelona.yml.</param>
/// <param name="Desired">How many tasks it is to have.</param>
/// <param name="Stopped">Those that nobody stopped from outside, the oldest first.</param>
public sealed record LostTasks(string Service, int Desired, ImmutableArray<StoppedTask> Stopped);

/// <summary>Whether a release can be given up before CloudFormation and ECS do so themselves.</summary>
public static class EarlyEnd
{
    /// <summary>
    /// One task is enough if every other one will end the same way. Else as many as ECS's own circuit breaker takes. It counts those alone that
    /// did not get up or failed a health check, and forgets them as soon as one runs; these are counted also if they ran for a while.
    /// </summary>
    public static bool IsDue(LostTasks lost) =>
        lost.Stopped.Any(t => StopKinds.Of(t) == StopKind.ForGood)
        || lost.Stopped.Count(t => StopKinds.Of(t) == StopKind.Repeats) >= Threshold(lost.Desired);

    /// <summary>
    /// Half of the tasks, at least 3 and at most 200.
    /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentCircuitBreaker.html
    /// </summary>
    public static int Threshold(int desired) => Math.Clamp((desired + 1) / 2, 3, 200);
}
