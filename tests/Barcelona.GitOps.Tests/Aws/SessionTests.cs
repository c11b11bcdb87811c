using System.Net;
using Amazon.CloudFormation;
using Amazon.ECS;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Names;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Tests.Aws;

/// <summary>Credentials, regions and errors. Nothing listens at the address: the tap answers everything, or the network fails.</summary>
public sealed class SessionTests
{
    private const string StackGone = "Stack with id barcelona-app--default--shop does not exist";

    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_role_is_assumed_once_with_external_id_and_tags_and_calls_are_signed_for_the_districts_region()
    {
        using var aws = new AwsHarness(Nowhere);
        aws.Tap.Answer("AssumeRole", _ => Assumed());
        aws.Tap.Answer("DescribeStacks", _ => WireTap.QueryError("ValidationError", StackGone));

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => aws.Get<AwsStateReader>().ReadStacksAsync(aws.Session, Specs.Target, Token)));

        var assumed = Assert.Single(aws.Tap.Calls, c => c.Operation == "AssumeRole");
        Assert.Equal("3f9c0000", assumed.Form("ExternalId"));
        Assert.Equal("barcelona-acme.shop-0123456", assumed.Form("RoleSessionName"));
        var tags = Enumerable.Range(1, 3).ToDictionary(i => assumed.Form($"Tags.member.{i}.Key") ?? "", i => assumed.Form($"Tags.member.{i}.Value"));
        Assert.Equal("acme/shop", tags["barcelona:repository"]);
        Assert.Equal("dependabot-bot-", tags["barcelona:actor"]);
        Assert.Equal("0123456789abcdef0123456789abcdef01234567", tags["barcelona:commit"]);
        var described = aws.Tap.Calls.First(c => c.Operation == "DescribeStacks");
        Assert.Contains("Credential=ASIATEST/", described.Authorization, StringComparison.Ordinal);
        Assert.Contains("/ap-northeast-1/cloudformation/aws4_request", described.Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_is_kept_per_account_region_role_and_purpose_and_forgotten_after_an_hour()
    {
        using var aws = new AwsHarness(Nowhere);
        var sessions = aws.Get<AwsSessions>();
        var other = AwsHarness.Purpose with { Commit = CommitSha.Parse("fedcba9876543210fedcba9876543210fedcba98") };

        Assert.Same(aws.Session.CloudFormation, sessions.For(aws.District, AwsHarness.Purpose).CloudFormation);
        Assert.NotSame(aws.Session.CloudFormation, sessions.For(aws.District, other).CloudFormation);
        Assert.NotSame(aws.Session.CloudFormation, sessions.For(aws.District with { Region = "eu-west-1" }, AwsHarness.Purpose).CloudFormation);
        var own = sessions.For(aws.District with { Role = null }, AwsHarness.Purpose);
        Assert.Same(own.CloudFormation, sessions.For(aws.District with { Role = null }, other).CloudFormation);

        aws.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.NotSame(aws.Session.CloudFormation, sessions.For(aws.District, AwsHarness.Purpose).CloudFormation);
    }

    [Fact]
    public async Task Throttling_is_waited_out()
    {
        using var aws = new AwsHarness(Nowhere);
        var throttled = 0;
        aws.Tap.Answer("AssumeRole", _ => Assumed());
        aws.Tap.Answer("DescribeStacks", _ => Interlocked.Increment(ref throttled) <= 2
            ? WireTap.QueryError("Throttling", "Rate exceeded")
            : WireTap.QueryError("ValidationError", StackGone));

        Assert.Null(await aws.Get<StackReader>().FindAsync(aws.Session, StackName.App("default", "shop"), Token));
        Assert.Equal(3, aws.Tap.Count("DescribeStacks"));
    }

    [Fact]
    public async Task Throttling_that_does_not_end_is_for_later_also_when_it_is_the_role_that_is_throttled()
    {
        using var aws = new AwsHarness(Nowhere);
        aws.Tap.Answer("AssumeRole", _ => WireTap.QueryError("Throttling", "Rate exceeded"));

        var thrown = await Assert.ThrowsAsync<AwsUnavailableException>(
            () => aws.Get<StackReader>().FindAsync(aws.Session, StackName.App("default", "shop"), Token));
        Assert.True(thrown.RetryAfter > TimeSpan.Zero);
        Assert.Equal(4, aws.Tap.Count("AssumeRole"));
    }

    public static TheoryData<Exception> Passing =>
    [
        new AmazonECSException("Rate exceeded") { ErrorCode = "ThrottlingException", StatusCode = HttpStatusCode.BadRequest },
        new AmazonECSException("Too many") { ErrorCode = "", StatusCode = HttpStatusCode.TooManyRequests },
        new AmazonECSException("") { ErrorCode = "ServerException", StatusCode = HttpStatusCode.InternalServerError },
        new AmazonCloudFormationException("") { ErrorCode = "ServiceUnavailable", StatusCode = HttpStatusCode.ServiceUnavailable },
        new HttpRequestException("Connection refused"),
        new IOException("The connection was closed"),
        new TimeoutException(),
        new TaskCanceledException("The client's own time-out", new TimeoutException()),
    ];

    [Theory]
    [MemberData(nameof(Passing), DisableDiscoveryEnumeration = true)]
    public async Task What_passes_is_unavailable(Exception fromTheSdk) =>
        await Assert.ThrowsAsync<AwsUnavailableException>(() => Task.FromException<int>(fromTheSdk).Translated(Token));

    [Fact]
    public async Task What_does_not_pass_stays_what_it_is()
    {
        var mistake = new AmazonECSException("Cluster not found.") { ErrorCode = "ClusterNotFoundException", StatusCode = HttpStatusCode.BadRequest };
        Assert.Same(mistake, await Assert.ThrowsAsync<AmazonECSException>(() => Task.FromException<int>(mistake).Translated(Token)));
    }

    [Fact]
    public async Task A_network_that_fails_is_unavailable_and_a_cancellation_stays_one()
    {
        using var aws = new AwsHarness(Nowhere);
        await Assert.ThrowsAsync<AwsUnavailableException>(() => aws.Get<AwsHealth>().PingAsync(Token));

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => aws.Get<AwsHealth>().PingAsync(cancelled.Token));
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        using var aws = new AwsHarness(Nowhere);
        aws.Tap.Answer("AssumeRole", _ => Assumed());
        aws.Tap.Answer("DescribeStacks", _ => WireTap.QueryError(
            "AccessDenied",
            "User: arn:aws:sts::123456789012:assumed-role/barcelona/x is not authorized to perform: cloudformation:DescribeStacks on resource: *",
            HttpStatusCode.Forbidden));

        var thrown = await Assert.ThrowsAsync<AwsDeniedException>(
            () => aws.Get<StackReader>().FindAsync(aws.Session, StackName.App("default", "shop"), Token));

        Assert.Equal("cloudformation:DescribeStacks", thrown.Action);
        Assert.IsAssignableFrom<AmazonCloudFormationException>(thrown.InnerException);
        Assert.Equal(1, aws.Tap.Count("DescribeStacks"));
    }

    internal static HttpResponseMessage Assumed() => new(HttpStatusCode.OK)
    {
        Content = new StringContent(
            """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIATEST</AccessKeyId>
            <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
            </AssumeRoleResult></AssumeRoleResponse>
            """,
            System.Text.Encoding.UTF8,
            "text/xml"),
    };
}
