namespace Barcelona.GitOps.Tests.Scenarios.Faults;

/// <summary>What AWS is left with.</summary>
public enum Left
{
    /// <summary>What ran before the fault runs, behind the load balancer.</summary>
    Before,

    /// <summary>What the commit asks for runs, behind the load balancer.</summary>
    New,

    /// <summary>It was the first deploy: there is no application's stack any more.</summary>
    NoStack,

    /// <summary>Nothing was written to AWS.</summary>
    Untouched,

    /// <summary>A stack that only a person can get out of its state.</summary>
    Stuck,
}

/// <summary>A row of docs/faults.md: something goes wrong, and what the check then says.</summary>
/// <param name="What">What goes wrong, in a few words; names the row.</param>
/// <param name="Conclusion">Of the check.</param>
/// <param name="Says">Is in the check's title, or in one of its annotations.</param>
/// <param name="Happens">Does it; gives the commit whose check is meant.</param>
public sealed record Fault(string What, string Conclusion, string Says, Left Left, Func<FaultStage, Task<string>> Happens)
{
    /// <summary>Nothing has been deployed before.</summary>
    public bool IsFirst { get; init; }

    public override string ToString() => What;
}
