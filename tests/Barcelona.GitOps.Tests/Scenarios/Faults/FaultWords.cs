namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>What the table, and the check, say of an end.</summary>
internal static class FaultWords
{
    /// <summary>Sentences of the check's title, by who went back.</summary>
    private static readonly (GoneBack By, string Sentence)[] Sentences =
    [
        (GoneBack.ByBreaker, "ECS's circuit breaker went back to what ran before."),
        (GoneBack.ByAlarm, "ECS, by the alarm, went back to what ran before."),
        (GoneBack.ByCloudFormation, "CloudFormation went back to what ran before."),
        (GoneBack.ByHand, "CloudFormation went back to what ran before, although no resource failed: somebody cancelled the update."),
        (GoneBack.ByUs, "The update was given up, and AWS went back to what ran before."),
        (GoneBack.CreationByCloudFormation, ". CloudFormation took back what was made of it."),
        (GoneBack.CreationByBreaker, "ECS's circuit breaker ended it, and CloudFormation took back what was made of it."),
        (GoneBack.CreationByUs, "What was made of it is taken away again."),
    ];

    /// <summary>Who went back, as far as the title says; more than one only if it contradicts itself.</summary>
    public static IReadOnlyList<GoneBack> GoneBackBy(string title) =>
    [
        .. Sentences.Where(s => title.Contains(s.Sentence, StringComparison.Ordinal)).Select(s => s.By).DefaultIfEmpty(GoneBack.Nobody),
    ];

    public static string Of(GoneBack goneBack) =>
        goneBack == GoneBack.Nobody ? "" : Sentences.Single(s => s.By == goneBack).Sentence.TrimStart('.', ' ');

    public static string Of(Fault fault) => fault.Left switch
    {
        Left.Before => "what ran before runs",
        Left.New => "what the newest commit asks for runs",
        Left.OtherWorker => "what the newest commit asks for runs, but for the service that was changed: it runs what somebody gave it",
        Left.NoWorker => "what the newest commit asks for runs, without the service that was deleted",
        Left.NoStack => "no stack of the application; its logs",
        Left.Nothing => "nothing, not even a log group",
        Left.Untouched => "as it was: nothing was written",
        Left.Stuck => $"a stack in {fault.StuckIn?.Status} that needs a person; the check says `{fault.StuckIn?.Do}`",
        _ => throw new InvalidOperationException($"Nobody knows what is left: {fault.Left}."),
    };
}
