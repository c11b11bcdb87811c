namespace Barcelona.GitOps.Storage.Work;

/// <summary>A listener rule's priority that a converge in flight is about to use.</summary>
/// <param name="Owner">Who asked: the target.</param>
/// <param name="Slot">Which rule of the owner.</param>
/// <param name="Until">Afterwards the stack itself shows the priority, or the converge is given up.</param>
public sealed record PriorityReservation(string ListenerArn, long Priority, string Owner, string Slot, DateTimeOffset Until);
