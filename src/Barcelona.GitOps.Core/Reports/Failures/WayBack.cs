using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Core.Reports.Failures;

/// <summary>
/// Who went back from a release that failed, and to what. ECS goes back within a service, by its circuit breaker or by an alarm, and CloudFormation
/// with the whole stack; where it was given up on purpose, who did that says so.
/// </summary>
public static partial class WayBack
{
    private const string ByBreaker = "ECS's circuit breaker", ByAlarm = "ECS, by the alarm,", ByService = "ECS", ByStack = "CloudFormation";

    /// <summary>What AWS says of it could not be read.</summary>
    private const string Unread = "AWS";

    /// <param name="stack">Of the app stack: only at rest is it known what it came to.</param>
    /// <returns>One sentence; empty: nobody went back, or the cause says so itself.</returns>
    public static string Of(FailureCause cause, FailureFacts facts, StackStatus stack) => (cause, stack, Who(facts)) switch
    {
        (FailureCause.PutBack or FailureCause.ChangedByHand, _, _) => "",
        (_, StackStatus.UpdateRollbackComplete, var who) => $"{who} went back to what ran before.",
        (_, StackStatus.RollbackComplete, ByStack or Unread) => "CloudFormation took back what was made of it.",
        (_, StackStatus.RollbackComplete, var who) => $"{who} ended it, and CloudFormation took back what was made of it.",
        (_, StackStatus.CreateComplete or StackStatus.UpdateComplete, var who) when facts.Services.Any(s => s.WentBack) =>
            $"{(who == Unread ? ByService : who)} went back to what ran before.",
        _ => "",
    };

    /// <summary>What ended it comes first: the rest is merely taken back with it.</summary>
    private static string Who(FailureFacts facts)
    {
        var first = facts.Resources.FirstOrDefault(r => r.Type != "AWS::CloudFormation::Stack" && !Cancelled().IsMatch(r.Reason));
        var said = facts.Services.Select(s => s.Reason).FirstOrDefault(r => r.Length > 0);
        return first is { Type: not "AWS::ECS::Service" } ? ByStack
            : Named(first?.Reason ?? "") ?? Named(said ?? "") ?? (first is null ? Unread : ByStack);
    }

    private static string? Named(string reason) => reason switch
    {
        _ when Breaker().IsMatch(reason) => ByBreaker,
        _ when Alarm().IsMatch(reason) => ByAlarm,
        _ => null,
    };

    [GeneratedRegex(@"circuit breaker", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Breaker();

    /// <summary>That was seen: one that ECS refused has ended nothing.</summary>
    [GeneratedRegex(@"\balarms?\b.{0,20}\bdetected", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Alarm();

    [GeneratedRegex(@"cancell?ed", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cancelled();
}
