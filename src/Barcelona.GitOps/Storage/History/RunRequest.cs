namespace Barcelona.GitOps.Storage.History;

/// <summary>Where a request came from.</summary>
public enum RequestOrigin
{
    /// <summary>A button on GitHub: whoever pressed it may or may not have the right.</summary>
    GitHub,

    /// <summary>The command line with the service's own database: whoever has that may everything.</summary>
    Command,
}

/// <summary>Somebody asks something of a run: to approve, cancel or repeat it.</summary>
public sealed record RunRequest
{
    public required long Id { get; init; }

    /// <summary>The same wish, told of twice, has the same key.</summary>
    public required string RequestKey { get; init; }

    public required string RunId { get; init; }

    /// <summary>The button's identifier.</summary>
    public required string Action { get; init; }

    /// <summary>A login on GitHub, or the user of the command; null when nobody said.</summary>
    public string? Actor { get; init; }

    public required RequestOrigin Origin { get; init; }

    public required DateTimeOffset AskedAt { get; init; }
}
