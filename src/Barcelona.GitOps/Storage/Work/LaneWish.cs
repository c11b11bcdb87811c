namespace Barcelona.GitOps.Storage.Work;

/// <param name="Due">Not before then.</param>
public sealed record LaneWish(string Kind, string Key, DateTimeOffset Due)
{
    /// <summary>The login of whoever wishes it, for lanes whose work is somebody's; the newest wish tells.</summary>
    public string? Actor { get; init; }
}
