namespace Barcelona.GitOps.Storage.Work;

/// <summary>How a worker leaves a lane.</summary>
public abstract record LaneResult
{
    private LaneResult()
    {
    }

    /// <summary>Nothing more to do, unless the lane has been wanted again since.</summary>
    /// <param name="WantedSeen">From the lease.</param>
    public sealed record Done(long WantedSeen) : LaneResult;

    /// <summary>Not finished: look again then, or earlier when the lane is wanted earlier.</summary>
    /// <param name="WantedSeen">From the lease, when all that was wanted has been taken into account; else null.</param>
    public sealed record Again(DateTimeOffset At, long? WantedSeen = null) : LaneResult;
}
