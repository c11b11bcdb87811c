using System.Net;
using Amazon.EC2.Model;
using Amazon.S3.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Filter = Amazon.EC2.Model.Filter;

namespace Barcelona.GitOps.Sandbox.Tests.Aws.Districts;

/// <summary>What an empty account answers before any district is there.</summary>
public sealed class AccountTests
{
    private const string Ecs = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ap-northeast-1", "ap-northeast-1a ap-northeast-1c ap-northeast-1d")]
    [InlineData("eu-west-1", "eu-west-1a eu-west-1b eu-west-1c")]
    public async Task A_region_has_its_zones(string region, string expected)
    {
        await using var host = await AwsHost.StartAsync();
        using var client = new Amazon.EC2.AmazonEC2Client(AwsHost.Credentials, host.Config(new Amazon.EC2.AmazonEC2Config(), region));
        var answer = await client.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest
        {
            Filters = [new Filter("state", ["available"]), new Filter("zone-type", ["availability-zone"])],
        }, Cancellation);
        Assert.Equal(expected.Split(' '), answer.AvailabilityZones.Select(zone => zone.ZoneName));
    }

    [Fact]
    public async Task A_network_that_is_not_there_is_named()
    {
        await using var host = await AwsHost.StartAsync();
        var missing = await Assert.ThrowsAsync<Amazon.EC2.AmazonEC2Exception>(() =>
            host.Machines.DescribeSubnetsAsync(new DescribeSubnetsRequest { SubnetIds = ["subnet-0"] }, Cancellation));
        Assert.Equal("InvalidSubnetID.NotFound", missing.ErrorCode);
        var vpc = host.Aws.CreateVpc();
        var found = await host.Machines.DescribeSubnetsAsync(
            new DescribeSubnetsRequest { Filters = [new Filter("vpc-id", [vpc.VpcId])] }, Cancellation);
        Assert.Equal(4, found.Subnets.Count);
    }

    [Fact]
    public async Task Images_are_published_in_every_region_and_move()
    {
        await using var host = await AwsHost.StartAsync();
        using var elsewhere = new AmazonSimpleSystemsManagementClient(
            AwsHost.Credentials, host.Config(new AmazonSimpleSystemsManagementConfig(), "eu-west-1"));
        string[] names =
        [
            Ecs, "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
            "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
            "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
        ];
        var here = await host.Parameters.GetParametersAsync(new GetParametersRequest { Names = [.. names] }, Cancellation);
        var there = await elsewhere.GetParametersAsync(new GetParametersRequest { Names = [.. names] }, Cancellation);
        Assert.Equal(8, here.Parameters.Concat(there.Parameters).Select(parameter => parameter.Value).Distinct().Count());
        Assert.Empty((await host.Parameters.DescribeParametersAsync(new DescribeParametersRequest(), Cancellation)).Parameters);

        host.Aws.PublishImage(Ecs, "ami-0newer");
        Assert.Equal("ami-0newer", (await host.Parameters.GetParameterAsync(new GetParameterRequest { Name = Ecs }, Cancellation)).Parameter.Value);
    }

    [Fact]
    public async Task A_bucket_is_made_with_its_settings_once()
    {
        await using var host = await AwsHost.StartAsync();
        const string Name = "barcelona-templates-123456789012-ap-northeast-1";
        var missing = await Assert.ThrowsAnyAsync<Amazon.S3.AmazonS3Exception>(() =>
            host.Buckets.HeadBucketAsync(new HeadBucketRequest { BucketName = Name }, Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        await host.Buckets.PutBucketAsync(new PutBucketRequest { BucketName = Name }, Cancellation);
        await host.Buckets.HeadBucketAsync(new HeadBucketRequest { BucketName = Name }, Cancellation);
        await host.Buckets.PutPublicAccessBlockAsync(new PutPublicAccessBlockRequest
        {
            BucketName = Name,
            PublicAccessBlockConfiguration = new PublicAccessBlockConfiguration { BlockPublicAcls = true },
        }, Cancellation);
        await host.Buckets.PutBucketEncryptionAsync(new PutBucketEncryptionRequest
        {
            BucketName = Name,
            ServerSideEncryptionConfiguration = new ServerSideEncryptionConfiguration { ServerSideEncryptionRules = [] },
        }, Cancellation);
        await host.Buckets.PutBucketPolicyAsync(Name, "{}", Cancellation);
        await host.Buckets.PutObjectAsync(new PutObjectRequest { BucketName = Name, Key = "a/b", ContentBody = "é" }, Cancellation);
        using var read = await host.Buckets.GetObjectAsync(Name, "a/b", Cancellation);
        using var reader = new StreamReader(read.ResponseStream);
        Assert.Equal("é", await reader.ReadToEndAsync(Cancellation));
        var twice = await Assert.ThrowsAnyAsync<Amazon.S3.AmazonS3Exception>(() => host.Buckets.PutBucketAsync(Name, Cancellation));
        Assert.Equal("BucketAlreadyOwnedByYou", twice.ErrorCode);
        Assert.Equal(["PutBucketPublicAccessBlock", "PutBucketEncryption", "PutBucketPolicy"], host.Aws.Calls.Select(call => call.Operation)
            .Where(name => name.StartsWith("PutBucket", StringComparison.Ordinal) && name != "PutBucket"));
    }

    [Fact]
    public async Task A_hosted_zone_is_found_in_its_own_account()
    {
        await using var host = await AwsHost.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var (mine, foreign) = (host.Aws.SeedHostedZone("example.com"), host.Aws.SeedHostedZone("example.com", accountId: "210987654321"));

        var found = await http.GetStringAsync(new Uri($"{host.Url}/2013-04-01/hostedzone/{mine}"), Cancellation);
        using var missing = await http.GetAsync(new Uri($"{host.Url}/2013-04-01/hostedzone/{foreign}"), Cancellation);

        Assert.Contains($"<HostedZone><Id>/hostedzone/{mine}</Id><Name>example.com.</Name>", found, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("<Code>NoSuchHostedZone</Code>", await missing.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_remembered_with_its_tags()
    {
        await using var host = await AwsHost.StartAsync();
        const string Role = "arn:aws:iam::210987654321:role/barcelona/barcelona-default";
        var assumed = await host.Tokens.AssumeRoleAsync(new AssumeRoleRequest
        {
            RoleArn = Role,
            RoleSessionName = "barcelona",
            ExternalId = "3f9c",
            Tags = [new Amazon.SecurityToken.Model.Tag { Key = "repository", Value = "acme/shop" }],
        }, Cancellation);
        using var client = new AmazonSecurityTokenServiceClient(assumed.Credentials, host.Config(new AmazonSecurityTokenServiceConfig()));
        var identity = await client.GetCallerIdentityAsync(new GetCallerIdentityRequest(), Cancellation);

        var session = Assert.Single(host.Aws.AssumedRoles);
        Assert.Equal((Role, "3f9c", "acme/shop"), (session.RoleArn, session.ExternalId, session.SessionTags["repository"]));
        Assert.Equal("arn:aws:sts::210987654321:assumed-role/barcelona-default/barcelona", identity.Arn);
    }
}
