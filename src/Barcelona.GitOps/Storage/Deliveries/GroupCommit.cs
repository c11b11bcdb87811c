using System.Data.Common;
using System.Threading.Channels;

namespace Barcelona.GitOps.Storage.Deliveries;

/// <summary>
/// Commits deliveries in groups: what arrives while one transaction is being flushed goes into the next. A flush costs the same for one
/// row as for a hundred, so the busier it is the cheaper each delivery becomes; nobody ever waits for a group to fill.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    /// <summary>Beyond this requests wait outside, and GitHub sees a slow answer instead of this process growing.</summary>
    private const int MaxWaiting = 2048;

    private const int MaxGroup = 256, MaxGroupBytes = 8 * 1024 * 1024;

    // GitHub hangs up after ten seconds: an answer after that helps nobody.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly IDeliveryInsert _insert;
    private readonly TimeProvider _time;
    private readonly Channel<PendingDelivery> _waiting = Channel.CreateBounded<PendingDelivery>(MaxWaiting);
    private readonly Task _committing;

    public GroupCommit(IDeliveryInsert insert, TimeProvider time)
    {
        (_insert, _time) = (insert, time);
        // One committer: what waits for it makes the next group, and two would halve the groups. Whether a second one would pay on more
        // processors, by preparing while the first flushes, has not been measured.
        _committing = Task.Run(CommitGroupsAsync);
    }

    public async Task<AppendResult> AppendAsync(PendingDelivery delivery, CancellationToken cancellationToken)
    {
        await _waiting.Writer.WriteAsync(delivery, cancellationToken);
        return await delivery.Committed.WaitAsync(cancellationToken);
    }

    /// <summary>Takes nothing new, and finishes what was taken.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _committing;
    }

    private async Task CommitGroupsAsync()
    {
        var group = new List<PendingDelivery>(MaxGroup);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var bytes = 0;
            while (group.Count < MaxGroup && bytes < MaxGroupBytes && _waiting.Reader.TryRead(out var delivery))
            {
                group.Add(delivery);
                bytes += delivery.StoredBody.Length;
            }

            if (group.Count > 0)
                await CommitAsync(group);

            group.Clear();
        }
    }

    private async Task CommitAsync(List<PendingDelivery> group)
    {
        IReadOnlyCollection<string> inserted;
        try
        {
            using var patience = new CancellationTokenSource(Patience, _time);
            inserted = await InsertAsync(group, patience.Token);
        }
        catch (Exception e)
        {
            // Part of the endpoint's catch: every request of the group answers for itself, and the next group tries again. Whatever it was,
            // a name that does not resolve, say, which Npgsql passes on as it is: without a committer nothing would ever be accepted again.
            group.ForEach(d => d.Fail(new DeliveryNotStoredException(e)));
            return;
        }

        var accepted = new HashSet<string>(inserted, StringComparer.Ordinal);
        // The same id twice in one group: the first is the new one.
        group.ForEach(d => d.Complete(accepted.Remove(d.Id) ? AppendResult.Accepted : AppendResult.Duplicate));
    }

    private async Task<IReadOnlyCollection<string>> InsertAsync(List<PendingDelivery> group, CancellationToken cancellationToken)
    {
        try
        {
            return await _insert.InsertAsync(group, cancellationToken);
        }
        catch (DbException e) when (e.IsTransient)
        {
            // A pooled connection that the server has closed meanwhile shows when it is used. If the lost attempt was committed after all,
            // its rows are duplicates now: acknowledged either way.
            return await _insert.InsertAsync(group, cancellationToken);
        }
    }
}
