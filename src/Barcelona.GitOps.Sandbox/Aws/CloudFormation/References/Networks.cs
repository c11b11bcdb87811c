using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.References;

/// <summary>Which VPC a thing lies in; what is joined must lie in the same one.</summary>
internal static class Networks
{
    public static void CheckSame(AwsRegion region, IReadOnlyList<KnownResource> joined)
    {
        var placed = joined.Select(resource => (Resource: resource, Vpc: VpcOf(region, resource))).Where(entry => entry.Vpc is not null).ToList();
        if (placed.FirstOrDefault(entry => entry.Vpc != placed[0].Vpc) is { Resource: { } other })
            throw new AwsErrorException("InvalidParameter", $"{placed[0].Resource.Id} and {other.Id} belong to different networks");
    }

    /// <summary>Null for what lies in none.</summary>
    public static string? VpcOf(AwsRegion region, KnownResource resource) => resource.Type switch
    {
        "AWS::EC2::VPC" => resource.Id,
        "AWS::EC2::InternetGateway" => Attachment(region, resource.Id)?.Properties.Text("VpcId"),
        "AWS::EC2::NatGateway" or "AWS::EC2::Instance" => resource.Properties.Text("SubnetId") is { } subnet
            ? region.Inventory.Find("AWS::EC2::Subnet", subnet)?.Properties.Text("VpcId")
            : null,
        "AWS::EC2::LaunchTemplate" => resource.Properties.Object("LaunchTemplateData")?.Texts("SecurityGroupIds")
            .Select(group => region.Inventory.Find("AWS::EC2::SecurityGroup", group)?.Properties.Text("VpcId")).FirstOrDefault(),
        "AWS::EC2::Subnet" or "AWS::EC2::RouteTable" or "AWS::EC2::NetworkAcl" or "AWS::EC2::SecurityGroup"
            or "AWS::EC2::EgressOnlyInternetGateway" => resource.Properties.Text("VpcId"),
        _ => null,
    };

    public static bool HasInternetGateway(AwsRegion region, string? vpc) => region.Inventory.OfType("AWS::EC2::VPCGatewayAttachment")
        .Any(attachment => attachment.IsReady && attachment.Properties.Text("VpcId") == vpc);

    private static KnownResource? Attachment(AwsRegion region, string gateway) => region.Inventory.OfType("AWS::EC2::VPCGatewayAttachment")
        .FirstOrDefault(attachment => attachment.IsReady && attachment.Properties.Text("InternetGatewayId") == gateway);
}
