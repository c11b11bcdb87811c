namespace Barcelona.GitOps.Sandbox.GitHub;

/// <summary>Numbers everything, as GitHub's ids: growing, never used twice.</summary>
public sealed class Sequence(long first)
{
    private long _last = first - 1;

    public long Next() => Interlocked.Increment(ref _last);
}
