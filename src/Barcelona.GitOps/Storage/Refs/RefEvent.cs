using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Storage.Refs;

/// <summary>Something happened to a branch or tag, and its lane has not looked at it yet.</summary>
public sealed record RefEvent
{
    /// <summary>Given by the database; zero before.</summary>
    public long Id { get; init; }

    /// <summary>GitHub's delivery, or a name of our own for what the sweep found.</summary>
    public required string DeliveryId { get; init; }

    public required RepositoryName Repository { get; init; }

    public required long Installation { get; init; }

    public required GitRef Ref { get; init; }

    /// <summary>What the ref points to: for an annotated tag the tag's own id. Null when the ref was deleted.</summary>
    public string? Commit { get; init; }

    public required RefEventKind Kind { get; init; }

    /// <summary>The head commit's message: skip words.</summary>
    public string Message { get; init; } = "";

    /// <summary>The login of whoever caused it; null when nobody said.</summary>
    public string? Actor { get; init; }

    public string? DefaultBranch { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

public enum RefEventKind
{
    Push,
    Delete,
    Rerequest,
    Sweep,
}
