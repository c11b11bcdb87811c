namespace Barcelona.GitOps.GitHub.Webhooks;

/// <summary>What every event of interest says about itself, whoever has read it. Nothing is checked yet; what is absent is null.</summary>
internal sealed record DeliveryFacts
{
    public string? Action { get; init; }

    public string? Repository { get; init; }

    public string? DefaultBranch { get; init; }

    public long? Installation { get; init; }

    public string? Sender { get; init; }

    /// <summary>push: the full name. create and delete: the short one.</summary>
    public string? Ref { get; init; }

    /// <summary>create and delete: <c>branch</c> or <c>tag</c>.</summary>
    public string? RefType { get; init; }

    /// <summary>
    /// push: the new object, forty zeros for none. Checks, workflows, pull requests and merge groups: the head commit. status: its commit.
    /// </summary>
    public string? Head { get; init; }

    public bool IsDeletion { get; init; }

    public string? HeadMessage { get; init; }

    public long? PullRequest { get; init; }

    /// <summary>The repository that a pull request's head is in; null when it was deleted.</summary>
    public string? HeadRepository { get; init; }

    public string? CheckName { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>The identifier of the button that was pressed on a check.</summary>
    public string? Button { get; init; }

    /// <summary>Of a status.</summary>
    public string? State { get; init; }

    /// <summary>The App that a check belongs to.</summary>
    public long? App { get; init; }
}
