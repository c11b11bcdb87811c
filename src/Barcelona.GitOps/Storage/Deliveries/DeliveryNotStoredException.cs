namespace Barcelona.GitOps.Storage.Deliveries;

/// <summary>The database did not take a delivery: it is not acknowledged, and GitHub or the sweep brings it again.</summary>
public sealed class DeliveryNotStoredException(Exception inner) : Exception($"The delivery could not be stored: {inner.Message}", inner);
