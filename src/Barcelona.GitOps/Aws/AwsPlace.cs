using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Aws;

/// <summary>Where a district is, and as whom one gets there: enough to look at what was begun there when its file cannot be read any more.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Role">Null: the service's own credentials.</param>
public sealed record AwsPlace(string District, string Account, string Region, AssumedRole? Role)
{
    public static AwsPlace Of(District district) => new(district.Name, district.Account, district.Region, district.Role);

    /// <summary>Nothing is shared between two accounts, or two regions.</summary>
    public bool IsIn(AwsPlace other) => (Account, Region) == (other.Account, other.Region);

    /// <summary>A district of which nothing else is known: nothing is planned by it.</summary>
    internal District AsDistrict() => new()
    {
        Name = District,
        Account = Account,
        Region = Region,
        Role = Role,
        Repositories = [],
        Teams = ImmutableSortedDictionary<string, TeamRight>.Empty,
        Policy = new(MaxCpu: null, MaxMemory: null, Registries: null),
        Registries = ImmutableSortedDictionary<string, string>.Empty,
        Network = new Network.Existing("", [], [], ""),
        Cluster = new Cluster.Existing(""),
        Capacity = default,
        Endpoints = [],
        Span = Core.Diagnostics.SourceSpan.StartOf($"districts/{District}.yml"),
    };
}
