namespace Barcelona.GitOps.Storage.Work;

/// <param name="Due">Not before then.</param>
public sealed record LaneWish(string Kind, string Key, DateTimeOffset Due);
