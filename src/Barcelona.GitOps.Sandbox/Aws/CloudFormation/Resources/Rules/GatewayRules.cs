using Barcelona.GitOps.Sandbox.Aws.CloudFormation.References;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>One internet gateway for a VPC, and an address of its own for each NAT gateway behind it.</summary>
internal static class GatewayRules
{
    public static void Attachment(ResourceRequest request)
    {
        var vpc = request.Properties.Text("VpcId");
        var gateway = request.Properties.Text("InternetGatewayId");
        if (request.Others.Any(other => other.Properties.Text("VpcId") == vpc))
            throw new AwsErrorException("InvalidParameterValue", $"Network {vpc} already has an internet gateway attached");
        if (request.Others.Any(other => other.Properties.Text("InternetGatewayId") == gateway))
            throw new AwsErrorException("Resource.AlreadyAssociated", $"resource {gateway} is already attached to network");
    }

    public static void Nat(ResourceRequest request)
    {
        if (request.Properties.Text("ConnectivityType") == "private") return;
        var vpc = request.Named("AWS::EC2::Subnet", "SubnetId")?.Properties.Text("VpcId");
        if (!Networks.HasInternetGateway(request.Region, vpc))
            throw new AwsErrorException("Gateway.NotAttached", $"Network {vpc} has no Internet gateway attached");
        if (!request.Properties.ContainsKey("AllocationId"))
            throw new AwsErrorException(
                "MissingParameter", "The request must include the AllocationId parameter. Add the required parameter and retry.");
        Address(request);
    }

    public static void Address(ResourceRequest request)
    {
        var allocation = request.Properties.Text("AllocationId");
        var users = ((string[])["AWS::EC2::NatGateway", "AWS::EC2::EIPAssociation"]).SelectMany(request.Region.Inventory.OfType);
        if (users.Any(other => (other.Owner != request.Owner || other.Id != request.PhysicalId)
            && other.Properties.Text("AllocationId") == allocation))
            throw new AwsErrorException("Resource.AlreadyAssociated", $"Elastic IP address [{allocation}] is already associated");
    }
}
