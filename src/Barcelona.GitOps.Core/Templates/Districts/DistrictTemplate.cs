using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates.Access;
using Barcelona.GitOps.Core.Templates.Districts.Instances;
using Barcelona.GitOps.Core.Templates.Districts.Networking;

namespace Barcelona.GitOps.Core.Templates.Districts;

/// <summary>The stack of a district: whatever of network, bucket, cluster, bastion, topic and rights of teams it makes itself.</summary>
public static class DistrictTemplate
{
    /// <summary>Each gives <see cref="TemplatePart.Nothing"/> for a district that makes nothing of its kind.</summary>
    private static readonly ImmutableArray<Func<DistrictContext, TemplatePart>> Parts =
    [
        EndpointRecord.Of,
        NetworkResources.Of,
        BucketResources.Of,
        TopicResource.Of,
        ClusterResources.Of,
        BastionResources.Of,
        TeamPolicies.Of,
    ];

    /// <summary>False: everything exists elsewhere and the district has no stack.</summary>
    public static bool IsNeeded(District district) =>
        district.Network is Network.Made
        || district.Cluster is Cluster.Made
        || district.ExistingBucket is null
        || district.Bastion
        || !district.Teams.IsEmpty
        || district.Endpoints.Any(e => e.Existing is null)
        || district.Notifications.Any(n => n.Kind == "sns");

    public static StackSpec Of(DistrictInputs inputs)
    {
        var context = new DistrictContext(inputs);
        var parts = Parts.Select(part => part(context));
        return StackComposition.Compose(
            new(StackName.District(inputs.District.Name), $"Barcelona: district {inputs.District.Name}", inputs.Commit, Tags(inputs)),
            parts.Append(new() { Parameters = context.Network.Parameters }));
    }

    private static ImmutableSortedDictionary<string, string> Tags(DistrictInputs inputs) => StackKeys.Dictionary(
    [
        new(StackKeys.DistrictTag, inputs.District.Name),
        new(StackKeys.RepositoryTag, inputs.Platform.ToString()),
    ]);
}
