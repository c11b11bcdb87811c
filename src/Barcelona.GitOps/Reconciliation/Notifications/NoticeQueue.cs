using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Storage.Notifications;
using Barcelona.GitOps.Storage.Work;

namespace Barcelona.GitOps.Reconciliation.Notifications;

/// <summary>
/// Wakes the lane that talks for a district. Done before a target's lane is given back: whoever dies in between leaves that lane to another worker,
/// who comes by here again.
/// </summary>
public sealed class NoticeQueue(NoticeLog log, Lanes lanes, TimeProvider clock)
{
    private const int Most = 100;

    public async Task WakeAsync(DeployTarget target, CancellationToken cancellationToken)
    {
        if ((await log.UnsaidAsync(target.District, target.Heritage, Most, cancellationToken)).Any(r => !Notices.IsEarly(r)))
        {
            await lanes.WantAsync(LaneKinds.Notice, target.District, clock.GetUtcNow(), within: null, cancellationToken);
        }
    }

    /// <summary>A restored database, a mended fault.</summary>
    public async Task WakeAllAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var districts = await log.DistrictsAsync(cancellationToken);
        await lanes.WantManyAsync(districts.Select(d => new LaneWish(LaneKinds.Notice, d, now)), within: null, cancellationToken);
    }
}
