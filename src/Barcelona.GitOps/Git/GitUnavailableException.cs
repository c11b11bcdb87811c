namespace Barcelona.GitOps.Git;

public enum GitFailure
{
    /// <summary>The remote cannot be reached or broke off: again later.</summary>
    Network,

    /// <summary>Nothing came within the time limit: again later.</summary>
    TimedOut,

    /// <summary>The token does not open the repository, or there is no such repository: remotes say the same for both.</summary>
    Refused,

    /// <summary>The remote has the repository and not the commit: rewritten and gone, or never there.</summary>
    CommitMissing,
}

/// <summary>Git could not be read. The message names the repository and the reason, never a credential.</summary>
public sealed class GitUnavailableException(GitFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public GitFailure Failure { get; } = failure;

    /// <summary>Worth asking again later, without anybody changing anything.</summary>
    public bool IsTransient => Failure is GitFailure.Network or GitFailure.TimedOut;
}
