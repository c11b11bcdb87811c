using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Triggers;

/// <summary>A ref that was or shall be deployed.</summary>
/// <param name="Date">For a tag the tagger's date, or the commit's if the tag is lightweight. Plays no part for branches.</param>
public sealed record ReleasedRef(GitRef Ref, DateTimeOffset Date);

/// <summary>Whether a ref may follow the one that is deployed.</summary>
public abstract record ReleaseVerdict
{
    private ReleaseVerdict() { }

    public sealed record Proceed : ReleaseVerdict;

    public sealed record Older(string Reason) : ReleaseVerdict;
}

/// <summary>
/// The order of tags: the higher SemVer if both are versions, else the later date. Going back takes an explicit act. Branches have no order of
/// their own here: the head as read live is the newest, and what follows a tag after a branch or the other way round is newer by being pushed.
/// </summary>
public static class ReleaseOrder
{
    public static ReleaseVerdict Check(ReleasedRef incoming, ReleasedRef? deployed)
    {
        // A tag that was moved is still the tag that runs.
        if (deployed is null || !incoming.Ref.IsTag || !deployed.Ref.IsTag || incoming.Ref == deployed.Ref)
        {
            return new ReleaseVerdict.Proceed();
        }

        var (next, current) = (incoming.Ref.ShortName, deployed.Ref.ShortName);
        if (SemVer.TryParse(next, out var a) && SemVer.TryParse(current, out var b) && a.CompareTo(b) is not 0 and var order)
        {
            return order > 0
                ? new ReleaseVerdict.Proceed()
                : new ReleaseVerdict.Older($"{next} is a lower version than {current}, which is deployed; going back takes an explicit act");
        }

        return incoming.Date >= deployed.Date
            ? new ReleaseVerdict.Proceed()
            : new ReleaseVerdict.Older($"{next} is older than {current}, which is deployed; going back takes an explicit act");
    }
}
