namespace AwsClients.Generator.Models;

/// <summary>Everything that is known about a service: one <c>.awsapi</c> file.</summary>
internal sealed record ServiceModel
{
    public required ServiceIdentity Identity { get; init; }

    public required ServiceProtocol Protocol { get; init; }

    public required EquatableArray<Operation> Operations { get; init; }

    public required EquatableArray<Structure> Structures { get; init; }

    public required EquatableArray<ErrorShape> Errors { get; init; }

    public required EquatableArray<Enumeration> Enumerations { get; init; }
}

/// <param name="Namespace">As in the official package: <c>Amazon.ECS</c>.</param>
/// <param name="ClientPrefix">What the classes' names begin with: <c>AmazonECS</c> of <c>AmazonECSClient</c>.</param>
/// <param name="ServiceId">The service's name in the SDKs, shown in the user agent: <c>Secrets Manager</c>.</param>
internal sealed record ServiceIdentity(string Namespace, string ClientPrefix, string ServiceId)
{
    /// <summary>The last part of the namespace, which the official paginator factory is named after.</summary>
    public string ShortName => Namespace.Substring(Namespace.LastIndexOf('.') + 1);
}

internal enum WireProtocol
{
    /// <summary>JSON both ways, the operation in the <c>X-Amz-Target</c> header.</summary>
    Json,

    /// <summary>A form post with <c>Action</c> and <c>Version</c>, answered in XML.</summary>
    Query,
}

internal sealed record ServiceProtocol(WireProtocol Wire, string ApiVersion)
{
    /// <summary>Of the content type: <c>application/x-amz-json-1.1</c>. Unused by query.</summary>
    public required string JsonVersion { get; init; }

    /// <summary>Stands before the operation in <c>X-Amz-Target</c>. Unused by query.</summary>
    public required string TargetPrefix { get; init; }

    /// <summary>The first label of the host name.</summary>
    public required string EndpointPrefix { get; init; }

    /// <summary>The service's name in the signature's scope.</summary>
    public required string SigningName { get; init; }
}
