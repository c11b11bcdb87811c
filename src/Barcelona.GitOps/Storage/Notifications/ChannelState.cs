namespace Barcelona.GitOps.Storage.Notifications;

/// <summary>How a channel of a district is doing.</summary>
public sealed record ChannelState
{
    public required string District { get; init; }

    /// <summary><c>sns</c>, or <c>slack:</c> with the path of its secret.</summary>
    public required string Channel { get; init; }

    /// <summary>Why the last message did not arrive; null: it did.</summary>
    public string? Trouble { get; init; }

    /// <summary>In a row.</summary>
    public int Failures { get; init; }

    /// <summary>Nothing is said before then.</summary>
    public DateTimeOffset DueAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Since when messages are counted.</summary>
    public DateTimeOffset MinuteAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Messages since then.</summary>
    public int SaidInMinute { get; init; }
}
