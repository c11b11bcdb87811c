using Barcelona.GitOps.Core.Triggers;

namespace Barcelona.GitOps.GitHub.Webhooks;

/// <summary>What became of a delivery.</summary>
public abstract record Translation
{
    private Translation()
    {
    }

#pragma warning disable CA1716 // Nobody reads this from Visual Basic.
    /// <summary>Something happened that may want a deploy or a check.</summary>
    public sealed record Event(RepositoryEvent What) : Translation;
#pragma warning restore CA1716

    /// <summary>Nothing to do, and why: for the log.</summary>
    public sealed record Ignored(string Reason) : Translation;
}
