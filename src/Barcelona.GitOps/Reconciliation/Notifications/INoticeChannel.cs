using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Reports.Notifications;

namespace Barcelona.GitOps.Reconciliation.Notifications;

/// <summary>Where a district's notices go. Two implementations: Slack and the district's topic.</summary>
public interface INoticeChannel
{
    /// <summary><c>sns</c>, or <c>slack:</c> and the path of its secret: in our tables, in logs and on checks.</summary>
    string Name { get; }

    /// <summary>For people, who read one thing after the other: not many in a minute, and several at once are one message.</summary>
    bool IsForPeople { get; }

    /// <param name="notices">One at least; several only where they are for people.</param>
    Task<Telling> TellAsync(AwsSession session, IReadOnlyList<Notice> notices, CancellationToken cancellationToken);
}

/// <summary>What came of saying something.</summary>
public abstract record Telling
{
    private Telling() { }

    public sealed record Told : Telling;

    /// <summary>Said to nobody, now and later: there is nobody, or it cannot be said.</summary>
    public sealed record Dropped(string Why) : Telling;

    /// <summary>To be tried again.</summary>
    /// <param name="After">Null: by our own patience.</param>
    public sealed record Failed(string Why, TimeSpan? After) : Telling;
}
