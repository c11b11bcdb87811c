namespace Barcelona.GitOps.Storage.Deliveries;

/// <summary>Writes a group of deliveries, each database in its fastest way.</summary>
internal interface IDeliveryInsert
{
    /// <summary>One transaction, committed when this returns.</summary>
    /// <returns>The ids that were not there before.</returns>
    Task<IReadOnlyCollection<string>> InsertAsync(IReadOnlyList<PendingDelivery> group, CancellationToken cancellationToken);
}
