using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <param name="Next">The one to work on.</param>
public sealed record RunPick(Run Next)
{
    /// <summary>Older ones, which it overtakes once it gets so far itself: whoever is refused ends nobody else's deploy.</summary>
    public IReadOnlyList<Run> Overtakes { get; init; } = [];

    /// <summary>Of those, what has begun something: it is followed until then.</summary>
    public IEnumerable<Run> AtWork => Overtakes.Where(r => !RunProgress.Parse(r.Detail).Operations.IsEmpty);
}
