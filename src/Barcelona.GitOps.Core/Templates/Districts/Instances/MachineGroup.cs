using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Districts.Instances;

/// <summary>Machines of one kind: what differs between container instances and bastion.</summary>
internal sealed record MachineGroup
{
    /// <summary>First word of the logical ids: <c>Instance</c> gives InstanceRole, InstanceLaunchTemplate and so on.</summary>
    public required string Id { get; init; }

    /// <summary>Value of <see cref="DistrictStackKeys.RoleTag"/>.</summary>
    public required string Role { get; init; }

    public required ImmutableArray<string> Types { get; init; }

    public required string ImageParameter { get; init; }

    /// <summary>GiB.</summary>
    public required int VolumeSize { get; init; }

    public required JsonNode UserData { get; init; }

    public required JsonNode Subnets { get; init; }

    /// <summary>Logical ids of the routes without which a machine that starts reaches nothing.</summary>
    public required ImmutableArray<string> WaysOut { get; init; }

    public required JsonNode SecurityGroup { get; init; }

    public required bool HasPublicAddress { get; init; }

    public required int Min { get; init; }

    /// <summary>The parameter that holds <see cref="Min"/>; null: it stands in the template.</summary>
    public string? MinParameter { get; init; }

    public required int Max { get; init; }

    public required ImmutableArray<JsonObject> Policies { get; init; }

    /// <summary>Beside name, district and role.</summary>
    public ImmutableArray<string> OtherTags { get; init; } = [];
}
