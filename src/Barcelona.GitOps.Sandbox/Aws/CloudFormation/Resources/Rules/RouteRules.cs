using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.References;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>One route to a destination, one table to a subnet, and a way out only through a gateway that is attached.</summary>
internal static class RouteRules
{
    private static readonly string[] Targets =
        ["GatewayId", "NatGatewayId", "InstanceId", "EgressOnlyInternetGatewayId", "NetworkInterfaceId", "TransitGatewayId", "VpcEndpointId"];

    public static void Route(ResourceRequest request)
    {
        var destination = PhysicalIds.Destination(request);
        if (AddressBlocks.Parse(destination) is null)
            throw new AwsErrorException("InvalidParameterValue", $"Value ({destination}) for parameter destinationCidrBlock is invalid.");
        if (Targets.Count(request.Properties.ContainsKey) != 1)
            throw new AwsErrorException("InvalidParameterCombination", "A route needs exactly one target");
        var table = request.Properties.Text("RouteTableId");
        if (request.Others.Any(other => other.Properties.Text("RouteTableId") == table && Destination(other.Properties) == destination))
            throw new AwsErrorException("RouteAlreadyExists", $"The route identified by {destination} already exists.");
        if (request.Named("AWS::EC2::InternetGateway", "GatewayId") is { } gateway && Networks.VpcOf(request.Region, gateway) is null)
            throw new AwsErrorException(
                "InvalidParameterValue", $"route table {table} and network gateway {gateway.Id} belong to different networks");
    }

    public static void Association(ResourceRequest request)
    {
        var subnet = request.Properties.Text("SubnetId");
        if (request.Others.Any(other => other.Properties.Text("SubnetId") == subnet))
            throw new AwsErrorException(
                "Resource.AlreadyAssociated", $"the specified association for {subnet} conflicts with an existing association");
    }

    private static string? Destination(JsonObject properties) =>
        properties.Text("DestinationCidrBlock") ?? properties.Text("DestinationIpv6CidrBlock");
}
