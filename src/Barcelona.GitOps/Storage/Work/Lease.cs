namespace Barcelona.GitOps.Storage.Work;

/// <summary>The right to work on a lane for a while. Everything written with it is refused once somebody else has taken over.</summary>
/// <param name="Token">Counts up with each lease of the lane: a smaller one is a worker that was believed dead.</param>
/// <param name="WantedSeen">How often the lane had been wanted when the lease was taken.</param>
/// <param name="Actor">Whom the newest wish named until then.</param>
public sealed record Lease(long LaneId, string Kind, string Key, long Token, long WantedSeen, string? Actor);
