using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>AWS::EC2::VPCCidrBlock: once it is there the VPC has addresses of version 6; who reads them earlier finds none.</summary>
internal sealed class VpcCidrBlockResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var id = PhysicalIds.Of(request);
        var attributes = ResourceAttributes.Of(request, id);
        return new ResourceProgress.Working(id, attributes, () =>
        {
            if (request.Properties.Flag("AmazonProvidedIpv6CidrBlock") && Vpc(request) is { } vpc)
                vpc.Attributes["Ipv6CidrBlocks"] = new JsonArray($"2406:da14:{Identifiers.Hex(4)}:{Identifiers.Hex(2)}00::/56");
            return new ResourceProgress.Done(id, attributes);
        });
    }

    public ResourceProgress Update(ResourceRequest request) => new ResourceProgress.Done(request.PhysicalId, GenericResource.Kept(request));

    public ResourceProgress Delete(ResourceRequest request)
    {
        if (request.Properties.Flag("AmazonProvidedIpv6CidrBlock") && Vpc(request) is { } vpc) vpc.Attributes["Ipv6CidrBlocks"] = new JsonArray();
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static KnownResource? Vpc(ResourceRequest request) => request.Named("AWS::EC2::VPC", "VpcId");
}
