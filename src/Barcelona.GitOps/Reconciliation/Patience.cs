using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.GitHub.Http;

namespace Barcelona.GitOps.Reconciliation;

/// <summary>How long to wait before trying again.</summary>
internal static class Patience
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(4),
        TimeSpan.FromSeconds(8),
        TimeSpan.FromSeconds(15),
    ];

    /// <summary>What went wrong for no known reason is tried again after it.</summary>
    public static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(15);

    /// <summary>A deploy that waits for longer than this, for GitHub or for git, was wanted by nobody who is still there.</summary>
    public static readonly TimeSpan WhileAway = TimeSpan.FromHours(6);

    /// <summary>While AWS works: 1, 2, 4, 8, then every 15 seconds.</summary>
    /// <param name="looked">How often it was looked at already.</param>
    public static TimeSpan WhileWorking(int looked) => Steps[Math.Clamp(looked, 0, Steps.Length - 1)];

    /// <summary>While an image is being built: 5, 10, 20, 40, then every 60 seconds. Events of its commit are faster.</summary>
    public static TimeSpan ForImage(int looked) => TimeSpan.FromSeconds(Math.Min(60, 5 << Math.Clamp(looked, 0, 4)));

    /// <summary>The other side says no and will go on saying it: the repository, or our right to see it, is gone.</summary>
    public static bool IsHopeless(Exception trouble) => trouble is GitHubRefusedException or GitUnavailableException { IsTransient: false };

    /// <summary>After trouble: as long as the other side asked for.</summary>
    public static TimeSpan For(Exception trouble) => trouble switch
    {
        GitHubUnavailableException away => away.RetryAfter,
        AwsUnavailableException away => away.RetryAfter,
        _ => AfterTrouble,
    };
}
