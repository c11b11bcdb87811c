using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Acts;

/// <summary>The releases of one target that are on record, the newest first.</summary>
public sealed record KeptReleases(IReadOnlyList<Release> All)
{
    /// <summary>The one that was last seen to run; null: none was.</summary>
    public Release? Running { get; } = All.Where(r => r.RanAt is not null).MaxBy(r => r.RanAt);

    public Release? Find(long number) => All.FirstOrDefault(r => r.Number == number);

    /// <summary>The newest that git asked for.</summary>
    public Release? NewestDeploy => All.FirstOrDefault(r => r.Kind == RunKind.Deploy);

    /// <summary>
    /// What going back means to whoever names no number: away from a newer one that did not come to run; else to what ran before what runs,
    /// and, where that is itself a rollback, before what it put back.
    /// </summary>
    public Release? Previous
    {
        get
        {
            if (Running is not { } running)
            {
                return null;
            }

            if (All[0].Number > running.Number && All[0] is { Kind: RunKind.Deploy, State: not RunState.Succeeded })
            {
                return running;
            }

            var before = running;
            while (before.OfRelease is { } of && Find(of) is { } earlier && earlier.Number < before.Number)
            {
                before = earlier;
            }

            return All.FirstOrDefault(r => r.RanAt is not null && r.Number < before.Number && r.Fingerprint != before.Fingerprint);
        }
    }
}
