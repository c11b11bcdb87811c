namespace Barcelona.GitOps.Reconciliation.Images;

/// <summary>How far a run has come with its image. Once there is a digest it stays: the run deploys nothing else, wherever the tag moves.</summary>
public sealed record ImageProgress
{
    /// <summary>Null: not decided yet.</summary>
    public string? Digest { get; init; }

    /// <summary>Until when it is waited for; null: it was not waited for.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Before it the registry does not want to be asked.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public int Looks { get; init; }

    /// <summary>The registry's last.</summary>
    public string Answer { get; init; } = "";

    /// <summary>The check says that it is waited for.</summary>
    public bool IsTold { get; init; }

    public bool IsWaitedFor => Digest is null && Until is not null;
}
