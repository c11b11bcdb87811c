using System.Web;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Notifications;
using Barcelona.GitOps.Core.Reports.Notifications;
using Barcelona.GitOps.Tests.Aws.Moto;
using Barcelona.GitOps.Tests.Registries;
using Microsoft.AspNetCore.Http;

namespace Barcelona.GitOps.Tests.Aws.Signing;

/// <summary>The call to SNS: it is signed by hand, and its signature is worked out once more from what arrived.</summary>
public sealed class TopicsTests(MotoServer moto)
{
    private const string Secret = "a-secret", Arn = "arn:aws:sns:eu-west-1:123456789012:barcelona-default-NotificationTopic-1";

    private static readonly TopicMessage Message = new("[default/shop] deploy failed", """{"text": "Zürich & more = \"x\"", "level": "danger"}""",
        new Dictionary<string, string> { ["level"] = "danger", ["event"] = "failed" });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("a-session-token")]
    public async Task The_request_is_signed_for_SNS_in_the_districts_region(string token)
    {
        var (published, request) = await AskAsync(200, "<PublishResponse/>", token);

        Assert.True(published);
        var form = HttpUtility.ParseQueryString(request.Body);
        Assert.Equal(("POST", "/"), (request.Method, request.Path));
        Assert.Equal(("Publish", "2010-03-31", Arn, Message.Subject, Message.Body),
            (form["Action"], form["Version"], form["TopicArn"], form["Subject"], form["Message"]));
        Assert.Equal(("level", "String", "danger"), (form["MessageAttributes.entry.1.Name"],
            form["MessageAttributes.entry.1.Value.DataType"], form["MessageAttributes.entry.1.Value.StringValue"]));
        Assert.Equal($"an-id/{request.Date[..8]}/eu-west-1/sns/aws4_request", request.Credential);
        Assert.Equal(token.Length > 0, request.SignedHeaders.Contains("x-amz-security-token"));
        Assert.Equal(request.Expected(Secret), request.Signature);
    }

    [Fact]
    public async Task What_SNS_says_is_told_apart()
    {
        Assert.False((await AskAsync(404, Error("NotFound", "Topic does not exist"))).Published);
        var denied = await Assert.ThrowsAsync<AwsDeniedException>(
            () => AskAsync(403, Error("AuthorizationError", "User: x is not authorized to perform: SNS:Publish on resource: y")));
        Assert.Equal("SNS:Publish", denied.Action);
        await Assert.ThrowsAsync<AwsUnavailableException>(() => AskAsync(400, Error("Throttling", "Rate exceeded")));
        await Assert.ThrowsAsync<AwsUnavailableException>(() => AskAsync(503, "<html>"));
    }

    [Fact]
    public async Task Moto_understands_it_and_knows_which_topics_there_are()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Stop));
        const string Template = """{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}, "Outputs": {"Arn": {"Value": {"Ref": "T"}}}}""";
        await aws.Session.CloudFormation.CreateStackAsync(new CreateStackRequest { StackName = "a-topic", TemplateBody = Template }, Stop);
        var stack = Assert.Single((await aws.Session.CloudFormation.DescribeStacksAsync(new() { StackName = "a-topic" }, Stop)).Stacks);
        var arn = Assert.Single(stack.Outputs).OutputValue;

        Assert.True(await aws.Session.Sns.PublishAsync(arn, Message, Stop));
        Assert.False(await aws.Session.Sns.PublishAsync(arn + "x", Message, Stop));
    }

    [Theory]
    [InlineData("eu-west-1", "https://sns.eu-west-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://sns.cn-north-1.amazonaws.com.cn/")]
    public void Each_region_has_its_own(string region, string url) => Assert.Equal(url, Topics.Public(region).AbsoluteUri);

    private static async Task<(bool Published, Arrived Request)> AskAsync(int status, string body, string token = "")
    {
        Arrived? arrived = null;
        await using var server = await StrangeRegistry.StartAsync(async context =>
        {
            arrived = await Arrived.OfAsync(context.Request);
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
        AWSCredentials credentials = token.Length > 0 ? new SessionAWSCredentials("an-id", Secret, token) : new BasicAWSCredentials("an-id", Secret);
        using var http = new HttpClient(new SocketsHttpHandler());
        var published = await new Topics(credentials, http, server.Url, "eu-west-1").PublishAsync(Arn, Message, Stop);
        return (published, Assert.IsType<Arrived>(arrived));
    }

    private static string Error(string code, string message) =>
        $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>";
}
