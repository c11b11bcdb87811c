using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>Everything that a made network consists of.</summary>
internal static class NetworkResources
{
    public static TemplatePart Of(DistrictContext context)
    {
        if (context.Network.Made is not { } made)
        {
            return TemplatePart.Nothing;
        }

        var network = new MadeNetwork(context, made);
        return TemplatePart.Sum(
        [
            VpcResources.Of(network),
            SubnetResources.Of(network),
            RouteResources.Of(network),
            NetworkAcls.Of(network),
            ServiceEndpoints.Of(network),
            SecurityGroups.Of(network),
            Nat(network),
        ]);
    }

    private static TemplatePart Nat(MadeNetwork network) => network.Made.NatType switch
    {
        NatType.Instance => NatInstance.Of(network),
        NatType.ManagedGateway or NatType.ManagedGatewayMultiAz => NatGateways.Of(network),
        NatType.None => TemplatePart.Nothing,
        _ => throw new InvalidOperationException($"No NAT is known as {network.Made.NatType}."),
    };
}
