using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Templates.Access.Grants;

/// <summary>
/// EC2: what a made network and the groups of machines consist of. Making is bound to account and region, changing and deleting to the
/// district's tag. What exists and only is used is named by its id.
/// </summary>
internal static class NetworkGrants
{
    private static readonly string[] Reads =
    [
        .. Iam.Actions("ec2", "DescribeAccountAttributes", "DescribeAddresses", "DescribeAvailabilityZones", "DescribeDhcpOptions",
            "DescribeEgressOnlyInternetGateways", "DescribeElasticGpus", "DescribeIamInstanceProfileAssociations", "DescribeImages",
            "DescribeInstanceAttribute", "DescribeInstanceCreditSpecifications",
            "DescribeInstanceStatus", "DescribeInstanceTypes", "DescribeInstances", "DescribeInternetGateways", "DescribeKeyPairs",
            "DescribeLaunchTemplateVersions",
            "DescribeLaunchTemplates", "DescribeNatGateways", "DescribeNetworkAcls", "DescribeNetworkInterfaces", "DescribePrefixLists",
            "DescribeRouteTables", "DescribeSecurityGroupRules", "DescribeSecurityGroups", "DescribeSubnets", "DescribeTags", "DescribeVolumes",
            "DescribeVpcAttribute", "DescribeVpcEncryptionControls", "DescribeVpcEndpointServices", "DescribeVpcEndpoints", "DescribeVpcs"),

        // Documents that an instance is given: its handler asks, ours has none.
        "ssm:DescribeAssociation", "ssm:ListAssociations",
    ];

    private static readonly string[] Makes =
    [
        .. Iam.Actions("ec2", "AllocateAddress", "CreateDhcpOptions", "CreateEgressOnlyInternetGateway", "CreateInternetGateway",
            "CreateLaunchTemplate", "CreateNatGateway", "CreateNetworkAcl", "CreateRouteTable", "CreateSecurityGroup", "CreateSubnet",
            "CreateVpc", "CreateVpcEndpoint"),
    ];

    private static readonly string[] Changes =
    [
        .. Iam.Actions("ec2", "AssociateDhcpOptions", "AssociateRouteTable", "AssociateSubnetCidrBlock", "AssociateVpcCidrBlock",
            "AttachInternetGateway", "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateLaunchTemplateVersion",
            "CreateNetworkAclEntry", "CreateRoute",
            "DeleteDhcpOptions", "DeleteEgressOnlyInternetGateway", "DeleteInternetGateway", "DeleteLaunchTemplate", "DeleteLaunchTemplateVersions",
            "DeleteNatGateway", "DeleteNetworkAcl", "DeleteNetworkAclEntry", "DeleteRoute", "DeleteRouteTable", "DeleteSecurityGroup", "DeleteSubnet",
            "DeleteTags", "DeleteVpc", "DeleteVpcEndpoints", "DetachInternetGateway", "DisassociateRouteTable",
            "DisassociateSubnetCidrBlock", "DisassociateVpcCidrBlock", "ModifyInstanceAttribute", "ModifyInstanceMetadataOptions",
            "ModifyLaunchTemplate", "ModifySubnetAttribute", "ModifyVpcAttribute", "ModifyVpcEndpoint", "ReleaseAddress",
            "ReplaceNetworkAclEntry", "ReplaceRoute",
            "ReplaceRouteTableAssociation", "RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress", "StartInstances", "StopInstances",
            "TerminateInstances", "UpdateSecurityGroupRuleDescriptionsEgress", "UpdateSecurityGroupRuleDescriptionsIngress"),
    ];

    private static readonly string[] Moves = [.. Iam.Actions("ec2", "AssociateAddress", "DisassociateAddress")];

    public static IEnumerable<JsonObject> Of(GrantScope scope)
    {
        var all = scope.Arn("ec2", "*");
        yield return scope.Anywhere(Reads);
        yield return Iam.Allow(Makes, all);
        yield return scope.Ours(Changes, all.DeepClone());
        yield return scope.Tagging("ec2:CreateTags", all.DeepClone());

        // The address must be the district's. What it is given to may be so new that it has no tag yet, and interfaces never get one.
        yield return scope.Ours(Moves, scope.Arn("ec2", "elastic-ip/*"));
        yield return Iam.Allow(Moves, scope.Arn("ec2", "instance/*"), scope.Arn("ec2", "network-interface/*"));

        // A subnet leaves, and goes back to, the list that its network was born with, which nobody has tagged.
        yield return Iam.Allow(["ec2:ReplaceNetworkAclAssociation"], scope.Arn("ec2", "network-acl/*"), scope.Arn("ec2", "subnet/*"));

        // So does a network its options: it goes back to the account's own when ours are taken away. The network itself must be ours.
        yield return Iam.Allow(["ec2:AssociateDhcpOptions"], scope.Arn("ec2", "dhcp-options/*"));
        foreach (var grant in OfExistingGroup(scope))
        {
            yield return grant;
        }

        yield return Iam.Allow(
            ["ec2:RunInstances"],
            [
                Cfn.Sub($"arn:${{AWS::Partition}}:ec2:{scope.District.Region}::image/*"),
                scope.Arn("ec2", "instance/*"), scope.Arn("ec2", "network-interface/*"), scope.Arn("ec2", "volume/*"), .. Existing(scope),
            ]);
        yield return scope.Ours(
            ["ec2:RunInstances"], scope.Arn("ec2", "launch-template/*"), scope.Arn("ec2", "security-group/*"), scope.Arn("ec2", "subnet/*"));
    }

    /// <summary>Nobody has tagged an existing group, and network load balancers of services are let in to its tasks.</summary>
    private static IEnumerable<JsonObject> OfExistingGroup(GrantScope scope) => scope.District.Network is not Network.Existing network ? [] :
    [
        Iam.Allow(
            Iam.Actions("ec2", "AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "UpdateSecurityGroupRuleDescriptionsIngress"),
            scope.Arn("ec2", $"security-group/{network.SecurityGroup}")),
    ];

    private static IEnumerable<JsonNode> Existing(GrantScope scope) => scope.District.Network is not Network.Existing network ? [] :
    [
        .. network.PublicSubnets.Concat(network.PrivateSubnets).Select(id => scope.Arn("ec2", $"subnet/{id}")),
        scope.Arn("ec2", $"security-group/{network.SecurityGroup}"),
    ];
}
