using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <summary>Which machine images a district is made from, and where AWS publishes their newest ids.</summary>
public static class DistrictImages
{
    public const string Latest = "latest";

    /// <summary>https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html</summary>
    public const string BasePublished = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

    /// <summary>What the file says of the image of the cluster's instances; null: the district makes none.</summary>
    public static string? ClusterWish(District district) =>
        district.MakesInstances() && district.Cluster is Cluster.Made made ? made.Ami : null;

    /// <summary>The file itself says latest. Without the key the newest is taken once, when the district is made.</summary>
    public static bool SaysLatest(District district) =>
        district.Places.Has("cluster.ami") && district.Cluster is Cluster.Made { Ami: Latest };

    /// <summary>The stack's parameter that holds it.</summary>
    public static string ClusterParameter(District district) => DistrictStackKeys.ClusterImageParameter(IsArm(district));

    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html</summary>
    public static string ClusterPublished(District district) =>
        $"/aws/service/ecs/optimized-ami/amazon-linux-2023/{(IsArm(district) ? "arm64/" : "")}recommended/image_id";

    /// <summary>NAT instance and bastion are plain machines.</summary>
    public static bool NeedsBase(District district) => district.Bastion || district.Network is Network.Made { NatType: NatType.Instance };

    private static bool IsArm(District district) => district.Cluster is Cluster.Made { IsArm: true };
}
