using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <summary>From a resource that changes back to the key of the district file that makes it change.</summary>
internal static class DistrictPlaces
{
    public static SourceSpan CauseOf(District district, ResourceChange change) => district.PlaceOf(change.Type switch
    {
        "AWS::EC2::VPC" when district.Network is Network.Made => "network.cidr_block",
        "AWS::EC2::Subnet" when district.Network is Network.Made =>
            change.Kind == ChangeKind.Deleted || change.Properties.Any(p => p.Path == "AvailabilityZone") ? "network.zones" : "network.cidr_block",
        "AWS::EC2::VPC" or "AWS::EC2::Subnet" => "network.existing",
        "AWS::ECS::Cluster" => "cluster.existing",
        "AWS::S3::Bucket" => "bucket.existing",
        "AWS::ElasticLoadBalancingV2::LoadBalancer" when EndpointOf(district, change) is { } endpoint => $"endpoints.{endpoint.Name}.public",
        _ => "",
    });

    /// <summary>
    /// What <c>allow_replacement</c> calls it: every endpoint's stack has a LoadBalancer, so there the endpoint's name stands in front.
    /// </summary>
    public static string NameOf(District district, ResourceChange change) =>
        EndpointOf(district, change) is { } endpoint ? $"{endpoint.Name}.{change.LogicalId}" : change.LogicalId;

    private static Endpoint? EndpointOf(District district, ResourceChange change) =>
        district.Endpoints.FirstOrDefault(e => StackName.Endpoint(district.Name, e.Name).Value == change.Where);
}
