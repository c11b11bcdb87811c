namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;

/// <summary>What the public schema says of a resource type. Create-only names may be paths below a property (<c>A/B</c>).</summary>
internal sealed record ResourceSchema
{
    public required IReadOnlySet<string> CreateOnly { get; init; }

    /// <summary>Replaced for some changes of value only.</summary>
    public required IReadOnlySet<string> ConditionallyCreateOnly { get; init; }

    public required IReadOnlySet<string> ReadOnly { get; init; }

    public required IReadOnlySet<string> Required { get; init; }

    /// <summary>Empty where the table does not carry them: then no name is refused.</summary>
    public required IReadOnlySet<string> Properties { get; init; }
}
