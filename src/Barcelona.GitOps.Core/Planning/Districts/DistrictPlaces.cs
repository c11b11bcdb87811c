using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <summary>From a resource that changes back to the key of the district file that makes it change.</summary>
public static class DistrictPlaces
{
    public static SourceSpan Delete(District district) => district.Span;

    /// <summary>Of an endpoint that is no longer in the file, the list that it is missing from.</summary>
    public static SourceSpan Endpoints(District district) => district.Span;

    public static SourceSpan HostedZone(Endpoint endpoint) => endpoint.Span;

    public static SourceSpan CauseOf(District district, ResourceChange change) => change.Type switch
    {
        "AWS::EC2::VPC" or "AWS::EC2::Subnet" => district.Network.Span ?? district.Span,
        "AWS::ECS::Cluster" => district.Cluster.Span ?? district.Span,
        "AWS::ElasticLoadBalancingV2::LoadBalancer" =>
            district.Endpoints.FirstOrDefault(e => StackName.Endpoint(district.Name, e.Name).Value == change.Where)?.Span ?? district.Span,
        _ => district.Span,
    };
}
