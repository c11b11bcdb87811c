using Barcelona.GitOps.Core.Shapes;
using Barcelona.GitOps.Core.Shapes.Scalars;

namespace Barcelona.GitOps.Core.Manifest.Keys.Services;

/// <summary>Where containers run, in the words of services and districts alike.</summary>
internal static class CapacityWords
{
    public static readonly Shape<Capacity> Shape =
        new ChoiceShape<Capacity>(("ec2", Capacity.Ec2), ("fargate", Capacity.Fargate), ("fargate_spot", Capacity.FargateSpot));
}
