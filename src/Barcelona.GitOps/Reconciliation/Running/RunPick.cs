using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Running;

/// <param name="Next">The one to work on.</param>
public sealed record RunPick(Run Next)
{
    /// <summary>Older ones, which it overtakes once it gets so far itself: whoever is refused ends nobody else's deploy.</summary>
    public IReadOnlyList<Run> Overtakes { get; init; } = [];

    /// <summary>They end before it is looked at: what they have begun is not wanted, whatever becomes of it.</summary>
    public bool IsAtOnce { get; init; }

    /// <summary>What is to be followed until it is overtaken.</summary>
    public IReadOnlySet<string> AtWork =>
        Overtakes.Where(r => RunProgress.Parse(r.Detail).IsAtWork).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
}
