using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>A stack as it should be.</summary>
public sealed record StackSpec
{
    public required StackName Name { get; init; }

    /// <summary>Canonical JSON: keys in the order of the template's sections and then by name, no insignificant space.</summary>
    public required string TemplateBody { get; init; }

    public required ImmutableSortedDictionary<string, string> Parameters { get; init; }

    /// <summary>Constant for the life of the stack: CloudFormation copies them to every resource.</summary>
    public required ImmutableSortedDictionary<string, string> Tags { get; init; }

    /// <summary>The template makes roles, so that CAPABILITY_IAM must be given.</summary>
    public required bool MakesRoles { get; init; }

    /// <summary>Parameters that get their value only once a resource stands.</summary>
    public ImmutableArray<LateParameter> Late { get; init; } = [];

    /// <summary>
    /// The stack while the resources of these parameters are made. Its fingerprint is another, so that nobody takes it for the whole.
    /// </summary>
    public StackSpec WhileMaking(IEnumerable<LateParameter> late) => this with
    {
        Parameters = Parameters
            .SetItems(late.Select(l => KeyValuePair.Create(l.Name, l.WhileMaking)))
            .SetItem(StackKeys.FingerprintParameter, $"unfinished {Parameters[StackKeys.FingerprintParameter]}"),
    };
}

/// <summary>
/// What may be true only of a resource that stands: a load balancer that is protected from the start could not be taken away again when what
/// comes after it fails.
/// </summary>
/// <param name="WhileMaking">Its value until then.</param>
/// <param name="Resource">Logical id.</param>
public sealed record LateParameter(string Name, string WhileMaking, string Resource);

/// <summary>A task definition as it should be registered.</summary>
public sealed record TaskDefinitionSpec
{
    /// <summary>Of the service, the scheduled task or the one-off that it is for.</summary>
    public required string Name { get; init; }

    /// <summary><c>&lt;district&gt;--&lt;heritage&gt;--&lt;name&gt;</c>.</summary>
    public required string Family { get; init; }

    /// <summary>
    /// The request of RegisterTaskDefinition as canonical JSON (camelCase, as on the wire), with <see cref="TaskRolePlaceholder"/> and
    /// <see cref="ExecutionRolePlaceholder"/> where the role ARNs go.
    /// </summary>
    public required string Content { get; init; }

    /// <summary>The stacks' own, from which tasks have theirs that no service starts. They are no part of the content.</summary>
    public required ImmutableSortedDictionary<string, string> Tags { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/> in lower-case hexadecimal; the tag <c>barcelona:content</c>.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The app stack's parameter that takes the revision's ARN. Null: it is started by us, and the stack knows nothing of it.</summary>
    public string? ParameterName { get; init; }

    public const string TaskRolePlaceholder = "{TaskRoleArn}";

    public const string ExecutionRolePlaceholder = "{ExecutionRoleArn}";

    public const string ContentTag = "barcelona:content";
}
