using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>A task that is started once, as RunTask wants to be told.</summary>
public sealed record OneOffSpec
{
    /// <summary>
    /// Name of the one-off, of its container and the last part of its family. The underscore keeps it from ever being a service's or a
    /// scheduled task's.
    /// </summary>
    public const string BeforeDeploy = "before_deploy";

    public required TaskDefinitionSpec Definition { get; init; }

    public required string Cluster { get; init; }

    /// <summary>EC2 or Fargate, never spot: nobody wants a migration to end in its middle for the price of it.</summary>
    public required Capacity Capacity { get; init; }

    /// <summary>Of the cluster's instances, for one that runs there. Null: it takes what instances there are.</summary>
    public string? CapacityProvider { get; init; }

    /// <summary>Null: it has no network interface of its own.</summary>
    public NetworkParts? Network { get; init; }

    /// <summary>From the first attempt to start it to its end.</summary>
    public required TimeSpan Timeout { get; init; }

    public static OneOffSpec Of(ReleaseShape release, BeforeDeployShape task) => new()
    {
        Definition = TaskDefinitions.Of(release.Inputs, task.Task) with { ParameterName = null },
        Cluster = release.Cluster,
        Capacity = task.Task.Capacity,
        CapacityProvider = task.Task.Capacity == Capacity.Ec2 ? release.CapacityProvider : null,
        Network = task.Task.HasOwnInterface ? release.Network : null,
        Timeout = task.Timeout,
    };
}
