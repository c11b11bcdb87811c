namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>What AWS is left with.</summary>
public enum Left
{
    /// <summary>What ran before the fault runs in every service, and the load balancer finds it healthy.</summary>
    Before,

    /// <summary>What the newest commit asks for runs in every service, and the load balancer finds it healthy.</summary>
    New,

    /// <summary>The same, but for the worker: it runs what somebody gave it.</summary>
    OtherWorker,

    /// <summary>The same, but for the worker, which somebody has deleted.</summary>
    NoWorker,

    /// <summary>It was the first deploy: there is no application's stack any more, and the log group is kept.</summary>
    NoStack,

    /// <summary>It was the first deploy, and there is nothing of it any more, not even the log group.</summary>
    Nothing,

    /// <summary>Nothing was written to AWS.</summary>
    Untouched,

    /// <summary>A stack that only a person can get out of its state.</summary>
    Stuck,
}

/// <summary>Who went back from a release that failed. The check's title says just this.</summary>
public enum GoneBack
{
    Nobody,
    ByBreaker,
    ByAlarm,
    ByCloudFormation,

    /// <summary>Somebody cancelled the update.</summary>
    ByHand,

    /// <summary>The update was given up.</summary>
    ByUs,

    /// <summary>CloudFormation, by itself, from a first deploy.</summary>
    CreationByCloudFormation,

    /// <summary>ECS's circuit breaker, from a first deploy.</summary>
    CreationByBreaker,

    /// <summary>The first deploy was given up.</summary>
    CreationByUs,
}

/// <param name="Status">The status that the app stack is in.</param>
/// <param name="Do">What a person is to do, in the check.s summary or text.</param>
public sealed record StuckIn(string Status, string Do);

/// <summary>A row of docs/faults.md: something goes wrong, and what the check then says.</summary>
/// <param name="What">What goes wrong, in a few words; names the row.</param>
/// <param name="Conclusion">Of the check.</param>
/// <param name="Says">Is in the check's title, or in one of its annotations.</param>
/// <param name="Happens">Does it; gives the commit whose check is meant.</param>
public sealed record Fault(string What, string Conclusion, string Says, Left Left, Func<FaultStage, Task<string>> Happens)
{
    /// <summary>Nothing has been deployed before.</summary>
    public bool IsFirst { get; init; }

    public GoneBack GoneBack { get; init; }

    /// <summary>With <see cref="Left.Stuck"/>.</summary>
    public StuckIn? StuckIn { get; init; }

    public override string ToString() => What;
}
