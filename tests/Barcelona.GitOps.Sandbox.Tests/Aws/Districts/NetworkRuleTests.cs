using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Tests.Aws.Districts;

public sealed class NetworkRuleTests
{
    [Theory]
    [InlineData("PrivateA", "CidrBlock", "\"10.1.160.0/20\"", "conflicts with another subnet")]
    [InlineData("PublicB", "CidrBlock", "\"10.2.0.0/19\"", "The CIDR '10.2.0.0/19' is invalid")]
    [InlineData("PublicB", "AvailabilityZone", "\"ap-northeast-1b\"", "ap-northeast-1a, ap-northeast-1c, ap-northeast-1d")]
    [InlineData("PublicB", "VpcId", "\"vpc-0123\"", "The VPC ID 'vpc-0123' does not exist")]
    [InlineData("PublicB", "CidrBlock", "\"10.1.160.0\"", "not a valid CIDR block")]
    [InlineData("Vpc", "CidrBlock", "\"10.0.0.0/8\"", "The CIDR '10.0.0.0/8' is invalid")]
    [InlineData("Public", "GroupDescription", "\"Barcelona's balancers\"", "Invalid security group description")]
    [InlineData("BucketPolicy", "PolicyDocument", """{"Statement": [{"Resource": "arn:aws:s3:::other/*"}]}""", "Policy has invalid resource")]
    [InlineData("Profile", "Roles", "[\"nobody\"]", "The Role with name nobody cannot be found")]
    [InlineData("Group", "MinSize", "4", "Max bound, 3, must be greater than or equal to min bound, 4")]
    [InlineData("Providers", "CapacityProviders", "[\"FARGATE\", \"other\"]", "The specified capacity provider 'other' was not found")]
    [InlineData("Machine", "LaunchTemplateData", """{"UserData": "#!/bin/sh"}""", "Invalid BASE64 encoding")]
    public async Task What_AWS_refuses_fails_its_resource(string logicalId, string property, string value, string reason)
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        district.Properties(logicalId)[property] = JsonNode.Parse(value);

        var stack = await district.CreateAsync();

        Assert.Equal("ROLLBACK_COMPLETE", stack.StackStatus.Value);
        Assert.Contains(reason, await district.ReasonAsync(logicalId), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Second", """
        {"Type": "AWS::EC2::NetworkAclEntry", "Properties": {"NetworkAclId": {"Ref": "Acl"}, "RuleNumber": 100, "Protocol": -1,
         "RuleAction": "deny", "CidrBlock": "0.0.0.0/0"}}
        """, "The network acl entry identified by 100 already exists")]
    [InlineData("Second", """
        {"Type": "AWS::EC2::Route", "DependsOn": "PublicRoute", "Properties": {"RouteTableId": {"Ref": "PublicTable"},
         "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": {"Ref": "NatGateway"}}}
        """, "The route identified by 0.0.0.0/0 already exists")]
    [InlineData("Second", """
        {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcId": {"Ref": "Vpc"}, "ServiceName": "com.amazonaws.eu-west-1.s3"}}
        """, "The Vpc Endpoint Service 'com.amazonaws.eu-west-1.s3' does not exist")]
    [InlineData("Second", """
        {"Type": "AWS::EC2::NatGateway", "DependsOn": "NatGateway", "Properties": {"SubnetId": {"Ref": "PublicB"},
         "AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]}}}
        """, "is already associated")]
    [InlineData("Second", """
        {"Type": "AWS::EC2::Instance", "Properties": {"ImageId": "ami-0", "SubnetId": {"Ref": "PublicA"}}}
        """, "The image id '[ami-0]' does not exist")]
    [InlineData("Second", """
        {"Type": "AWS::EC2::Instance", "Properties": {"ImageId": {"Ref": "Image"}, "InstanceType": "t4g.nano", "SubnetId": {"Ref": "PublicA"}}}
        """, "does not match the architecture")]
    public async Task What_is_taken_is_taken(string logicalId, string resource, string reason)
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        district.Add(logicalId, resource);

        Assert.Equal("ROLLBACK_COMPLETE", (await district.CreateAsync()).StackStatus.Value);
        Assert.Contains(reason, await district.ReasonAsync(logicalId), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NatGateway", "has no Internet gateway attached")]
    [InlineData("PublicRoute", "belong to different networks")]
    [InlineData("PublicA", "nonexistent value at index 0")]
    public async Task A_dependency_that_is_only_implied_must_be_written(string logicalId, string reason)
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        district.Resource(logicalId).Remove("DependsOn");
        district.Resource("Address").Remove("DependsOn");

        Assert.Equal("ROLLBACK_COMPLETE", (await district.CreateAsync()).StackStatus.Value);
        Assert.Contains(reason, await district.ReasonAsync(logicalId), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_belongs_to_two_networks_is_not_joined()
    {
        await using var host = await AwsHost.StartAsync();
        var other = host.Aws.CreateVpc();
        var district = new DistrictStack(host);
        district.Properties("FromPublic")["SourceSecurityGroupId"] = other.SecurityGroup;

        Assert.Equal("ROLLBACK_COMPLETE", (await district.CreateAsync()).StackStatus.Value);
        Assert.Contains("belong to different networks", await district.ReasonAsync("FromPublic"), StringComparison.Ordinal);
    }
}
