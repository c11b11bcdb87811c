using System.Collections.Immutable;

namespace Barcelona.GitOps.Reconciliation.Gates;

/// <summary>Where a gate of a deploy stands.</summary>
public abstract record GateReading
{
    private GateReading() { }

    public sealed record Open : GateReading;

    /// <param name="For">What is waited for, for people.</param>
    public sealed record Waiting(string For) : GateReading;

    /// <summary>It will not open.</summary>
    public sealed record Shut(string Cause, ImmutableArray<string> Evidence) : GateReading;
}
