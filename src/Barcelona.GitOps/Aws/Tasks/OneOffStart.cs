using System.Collections.Immutable;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Aws.Tasks;

/// <summary>All that RunTask is told. Whoever starts it keeps it, so that the call can be repeated as it was, by somebody else too.</summary>
public sealed record OneOffStart
{
    /// <summary>The one-off's, and its container's.</summary>
    public required string Name { get; init; }

    public required string Cluster { get; init; }

    public required string Family { get; init; }

    public required string TaskDefinitionArn { get; init; }

    /// <summary>Null: the capacity provider says it.</summary>
    public string? LaunchType { get; init; }

    public string? CapacityProvider { get; init; }

    /// <summary>Empty: it has no network interface of its own.</summary>
    public ImmutableArray<string> Subnets { get; init; } = [];

    public string SecurityGroup { get; init; } = "";

    public bool AssignsPublicIp { get; init; }

    public static OneOffStart Of(OneOffSpec spec, string taskDefinitionArn) => new()
    {
        Name = spec.Definition.Name,
        Cluster = spec.Cluster,
        Family = spec.Definition.Family,
        TaskDefinitionArn = taskDefinitionArn,
        LaunchType = spec.CapacityProvider is not null ? null : spec.Capacity == Capacity.Ec2 ? "EC2" : "FARGATE",
        CapacityProvider = spec.CapacityProvider,
        Subnets = spec.Network?.Subnets ?? [],
        SecurityGroup = spec.Network?.SecurityGroup ?? "",
        AssignsPublicIp = spec.Network?.AssignsPublicIp ?? false,
    };
}

/// <param name="Token">Up to 64 characters; equal calls within <see cref="OneOffs.Repeatable"/> start one task.</param>
/// <param name="StartedBy">By which the task is found again; 36 characters are taken everywhere.</param>
public sealed record OneOffIdentity(string Token, string StartedBy);
