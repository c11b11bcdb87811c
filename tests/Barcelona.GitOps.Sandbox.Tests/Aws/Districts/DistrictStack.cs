using System.Text.Json.Nodes;
using Amazon.CloudFormation.Model;

namespace Barcelona.GitOps.Sandbox.Tests.Aws.Districts;

/// <summary>A small district: network, bucket and a cluster with instances, as a template that a test may bend.</summary>
internal sealed class DistrictStack(AwsHost host)
{
    public const string Name = "barcelona-default";

    private const string Text = """
        {
          "Parameters": {
            "Image": {"Type": "AWS::EC2::Image::Id"},
            "Zones": {"Type": "List<AWS::EC2::AvailabilityZone::Name>", "Default": "ap-northeast-1a,ap-northeast-1c"},
            "Type": {"Type": "String", "Default": "t3.small"}
          },
          "Resources": {
            "NatGateway": {"Type": "AWS::EC2::NatGateway", "DependsOn": "Attachment", "Properties": {
              "SubnetId": {"Ref": "PublicA"}, "AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]}}},
            "Address": {"Type": "AWS::EC2::EIP", "DependsOn": "Attachment", "Properties": {"Domain": "vpc"}},
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {
              "CidrBlock": "10.1.0.0/16", "EnableDnsSupport": true, "EnableDnsHostnames": true}},
            "Ipv6": {"Type": "AWS::EC2::VPCCidrBlock", "Properties": {"VpcId": {"Ref": "Vpc"}, "AmazonProvidedIpv6CidrBlock": true}},
            "Gateway": {"Type": "AWS::EC2::InternetGateway"},
            "Attachment": {"Type": "AWS::EC2::VPCGatewayAttachment", "Properties": {
              "VpcId": {"Ref": "Vpc"}, "InternetGatewayId": {"Ref": "Gateway"}}},
            "PublicA": {"Type": "AWS::EC2::Subnet", "DependsOn": "Ipv6", "Properties": {"VpcId": {"Ref": "Vpc"},
              "AvailabilityZone": {"Fn::Select": [0, {"Ref": "Zones"}]},
              "CidrBlock": {"Fn::Select": [4, {"Fn::Cidr": [{"Fn::GetAtt": ["Vpc", "CidrBlock"]}, 8, 13]}]},
              "Ipv6CidrBlock": {"Fn::Select": [0, {"Fn::Cidr": [{"Fn::Select": [0, {"Fn::GetAtt": ["Vpc", "Ipv6CidrBlocks"]}]}, 8, 64]}]}}},
            "PublicB": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"},
              "AvailabilityZone": {"Fn::Select": [1, {"Ref": "Zones"}]}, "CidrBlock": "10.1.160.0/19"}},
            "PrivateA": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"},
              "AvailabilityZone": {"Fn::Select": [0, {"Ref": "Zones"}]}, "CidrBlock": "10.1.0.0/19"}},
            "PublicTable": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
            "PublicRoute": {"Type": "AWS::EC2::Route", "DependsOn": "Attachment", "Properties": {
              "RouteTableId": {"Ref": "PublicTable"}, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": {"Ref": "Gateway"}}},
            "PublicATable": {"Type": "AWS::EC2::SubnetRouteTableAssociation", "Properties": {
              "SubnetId": {"Ref": "PublicA"}, "RouteTableId": {"Ref": "PublicTable"}}},
            "Acl": {"Type": "AWS::EC2::NetworkAcl", "Properties": {"VpcId": {"Ref": "Vpc"}}},
            "AclWeb": {"Type": "AWS::EC2::NetworkAclEntry", "Properties": {"NetworkAclId": {"Ref": "Acl"}, "RuleNumber": 100,
              "Protocol": 6, "RuleAction": "allow", "CidrBlock": "0.0.0.0/0", "PortRange": {"From": 80, "To": 80}}},
            "Instances": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}, "GroupDescription": "Instances"}},
            "Public": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}, "GroupDescription": "Public balancers",
              "SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"}]}},
            "FromPublic": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {"GroupId": {"Fn::GetAtt": ["Instances", "GroupId"]},
              "IpProtocol": "-1", "SourceSecurityGroupId": {"Fn::GetAtt": ["Public", "GroupId"]}}},
            "Bucket": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"},
            "BucketPolicy": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {"Statement": [
              {"Effect": "Allow", "Action": "s3:PutObject", "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
               "Resource": {"Fn::Sub": "${Bucket.Arn}/elb_logs/*"}}]}}},
            "Topic": {"Type": "AWS::SNS::Topic"},
            "Zone": {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "bcn",
              "VPCs": [{"VPCId": {"Ref": "Vpc"}, "VPCRegion": {"Ref": "AWS::Region"}}]}},
            "Cluster": {"Type": "AWS::ECS::Cluster"},
            "Role": {"Type": "AWS::IAM::Role", "Properties": {"Path": "/barcelona/default/",
              "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}}},
            "Profile": {"Type": "AWS::IAM::InstanceProfile", "Properties": {"Roles": [{"Ref": "Role"}]}},
            "Machine": {"Type": "AWS::EC2::LaunchTemplate", "Properties": {"LaunchTemplateData": {
              "ImageId": {"Ref": "Image"}, "InstanceType": {"Ref": "Type"},
              "IamInstanceProfile": {"Arn": {"Fn::GetAtt": ["Profile", "Arn"]}},
              "SecurityGroupIds": [{"Ref": "Instances"}],
              "UserData": {"Fn::Base64": {"Fn::Join": ["\n", ["#!/bin/sh", {"Fn::Sub": "echo ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config"}]]}}}}},
            "Group": {"Type": "AWS::AutoScaling::AutoScalingGroup", "UpdatePolicy": {"AutoScalingRollingUpdate": {"MinInstancesInService": 1}},
              "Properties": {"MinSize": "2", "MaxSize": "3", "VPCZoneIdentifier": [{"Ref": "PrivateA"}], "LaunchTemplate": {
                "LaunchTemplateId": {"Ref": "Machine"}, "Version": {"Fn::GetAtt": ["Machine", "LatestVersionNumber"]}}}},
            "Provider": {"Type": "AWS::ECS::CapacityProvider", "Properties": {"AutoScalingGroupProvider": {
              "AutoScalingGroupArn": {"Fn::GetAtt": ["Group", "AutoScalingGroupARN"]}, "ManagedScaling": {"Status": "ENABLED"}}}},
            "Providers": {"Type": "AWS::ECS::ClusterCapacityProviderAssociations", "Properties": {"Cluster": {"Ref": "Cluster"},
              "CapacityProviders": ["FARGATE", "FARGATE_SPOT", {"Ref": "Provider"}],
              "DefaultCapacityProviderStrategy": [{"CapacityProvider": {"Ref": "Provider"}, "Weight": 1}]}}
          },
          "Outputs": {
            "VpcId": {"Value": {"Ref": "Vpc"}},
            "PublicSubnets": {"Value": {"Fn::Join": [",", [{"Ref": "PublicA"}, {"Ref": "PublicB"}]]}},
            "PublicGroup": {"Value": {"Ref": "Public"}},
            "InstanceGroup": {"Value": {"Ref": "Instances"}},
            "Bucket": {"Value": {"Ref": "Bucket"}},
            "Cluster": {"Value": {"Ref": "Cluster"}},
            "Provider": {"Value": {"Ref": "Provider"}}
          }
        }
        """;

    public JsonObject Template { get; } = JsonNode.Parse(Text) as JsonObject ?? [];

    public List<Parameter> Parameters { get; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public JsonObject Resource(string logicalId) => Template["Resources"]?[logicalId] as JsonObject ?? [];

    public JsonObject Properties(string logicalId) => Resource(logicalId)["Properties"] as JsonObject ?? [];

    public void Add(string logicalId, string resource)
    {
        if (Template["Resources"] is JsonObject resources) resources[logicalId] = JsonNode.Parse(resource);
    }

    public void Remove(params string[] logicalIds)
    {
        foreach (var id in logicalIds) (Template["Resources"] as JsonObject)?.Remove(id);
    }

    public async Task<Stack> CreateAsync()
    {
        await host.Stacks.CreateStackAsync(new CreateStackRequest
        {
            StackName = Name,
            TemplateBody = Template.ToJsonString(),
            Capabilities = ["CAPABILITY_IAM"],
            Parameters = await WithImageAsync(),
        }, Cancellation);
        return await SettleAsync(Name);
    }

    public async Task<Stack> UpdateAsync()
    {
        await host.Stacks.UpdateStackAsync(new UpdateStackRequest
        {
            StackName = Name,
            TemplateBody = Template.ToJsonString(),
            Capabilities = ["CAPABILITY_IAM"],
            Parameters = await WithImageAsync(),
        }, Cancellation);
        return await SettleAsync(Name);
    }

    public async Task<Stack> DeleteAsync(string stackId)
    {
        await host.Stacks.DeleteStackAsync(new DeleteStackRequest { StackName = stackId }, Cancellation);
        return await SettleAsync(stackId);
    }

    public async Task<Stack> SettleAsync(string name)
    {
        host.Pass(300);
        return (await host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = name }, Cancellation)).Stacks.Single();
    }

    /// <summary>Why a resource failed, of the newest event that says so.</summary>
    public async Task<string> ReasonAsync(string logicalId)
    {
        var events = await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = Name }, Cancellation);
        return events.StackEvents.First(entry => entry.LogicalResourceId == logicalId
            && entry.ResourceStatus.Value.EndsWith("_FAILED", StringComparison.Ordinal)).ResourceStatusReason;
    }

    private async Task<List<Parameter>> WithImageAsync()
    {
        if (Parameters.Exists(parameter => parameter.ParameterKey == "Image")) return Parameters;
        var image = await host.Parameters.GetParameterAsync(new Amazon.SimpleSystemsManagement.Model.GetParameterRequest
        {
            Name = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        }, Cancellation);
        return [.. Parameters, new Parameter { ParameterKey = "Image", ParameterValue = image.Parameter.Value }];
    }
}
