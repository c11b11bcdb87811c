namespace Barcelona.GitOps.Bench.Measurements.Storm;

/// <summary>What came of one storm. Times in seconds from the first push, memory in MiB.</summary>
internal sealed record ObservedStorm
{
    public required double Acknowledged { get; init; }

    public required double Quiet { get; init; }

    public required double Memory { get; init; }

    public required double MemoryPeak { get; init; }

    public required double Processor { get; init; }

    public required int NotAccepted { get; init; }

    /// <summary>Repositories whose last commit has no successful check.</summary>
    public required int NotAtHead { get; init; }

    /// <summary>Stack operations that CloudFormation refused, as it does while another one goes on.</summary>
    public required int BusyStacks { get; init; }

    public required int ChecksLeftOpen { get; init; }

    public required int AwsCalls { get; init; }

    public required int GitHubCalls { get; init; }

    public long Runs { get; init; }

    /// <summary>Pairs of runs of one target, of which one began before the other had ended.</summary>
    public long OverlappingRuns { get; init; }

    /// <summary>How often a lane was given to a worker while another still had it.</summary>
    public long LeasesTaken { get; init; }

    /// <summary>Runs that are neither succeeded nor superseded.</summary>
    public long OtherVerdicts { get; init; }

    public double Faults => NotAccepted + NotAtHead + ChecksLeftOpen + OtherVerdicts;
}
