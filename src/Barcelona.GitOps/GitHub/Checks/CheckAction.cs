namespace Barcelona.GitOps.GitHub.Checks;

/// <summary>A button on a check run. GitHub refuses a label or identifier over 20 characters and a description over 40.</summary>
public sealed record CheckAction
{
    public CheckAction(string label, string description, string identifier)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(label.Length, 20, nameof(label));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(description.Length, 40, nameof(description));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(identifier.Length, 20, nameof(identifier));
        (Label, Description, Identifier) = (label, description, identifier);
    }

    public string Label { get; }

    public string Description { get; }

    /// <summary>What comes back in the <c>requested_action</c> event.</summary>
    public string Identifier { get; }
}
