using Dapper;

namespace Barcelona.GitOps.Storage.Work;

/// <summary>
/// Keeps two converges from choosing the same free priority of a listener. Once a stack has it, the stack is the truth. One owner has one writer,
/// which gives each of its slots another number.
/// </summary>
public sealed class PriorityReservations(Database database, TimeProvider time)
{
    private const string ReserveSql = """
        insert into priority_reservation (listener_arn, priority, owner, slot, reserved_until)
        values (@ListenerArn, @Priority, @Owner, @Slot, @Until)
        on conflict (listener_arn, priority) do update set
            owner = excluded.owner, slot = excluded.slot, reserved_until = excluded.reserved_until
        where priority_reservation.reserved_until <= @now
           or priority_reservation.owner = excluded.owner
        """;

    private const string ListSql = """
        select listener_arn as ListenerArn, priority as Priority, owner as Owner, slot as Slot, reserved_until as Until
        from priority_reservation
        """;

    /// <returns>False when another owner has the priority.</returns>
    public async Task<bool> ReserveAsync(
        PriorityReservation reservation, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        await database.ExecuteAsync(
            within,
            ReserveSql,
            new
            {
                reservation.ListenerArn,
                reservation.Priority,
                reservation.Owner,
                reservation.Slot,
                reservation.Until,
                now = time.GetUtcNow(),
            },
            cancellationToken) == 1;

    /// <summary>What is reserved now on these listeners, whoever owns it.</summary>
    public async Task<IReadOnlyList<PriorityReservation>> ListAsync(
        IReadOnlyList<string> listenerArns, CancellationToken cancellationToken = default)
    {
        if (listenerArns.Count == 0)
            return [];

        var parameters = new DynamicParameters(new { now = time.GetUtcNow() });
        var list = parameters.In("arn", listenerArns);
        return await database.ReadAsync<PriorityReservation>(
            $"{ListSql} where reserved_until > @now and listener_arn in {list} order by listener_arn, priority", parameters, cancellationToken);
    }
}
