namespace Barcelona.GitOps.Reconciliation.Acts;

/// <summary>Who asks for something by name, on whatever way.</summary>
/// <param name="Actor">A GitHub login, or the user of a command line.</param>
/// <param name="Key">Unique for the wish: the same wish told of twice is one.</param>
public sealed record Asker(string? Actor, string Key)
{
    /// <summary>When a wish is due: whoever asks may have another clock than the service.</summary>
    public static readonly DateTimeOffset AtOnce = DateTimeOffset.UnixEpoch;
}

/// <summary>What was asked for cannot be done; the message says why, and what can.</summary>
public sealed class RefusedActException(string message) : Exception(message);
